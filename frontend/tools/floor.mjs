/**
 * The browser floor (DESIGN law 10): reads the built files and refuses what Chromium 87 or iOS 14.5 cannot read
 * or run. Data: MDN's browser-compat-data. Proves itself first: every planted sample must be found.
 *
 *   node frontend/tools/floor.mjs DIST
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { checkCss } from "./floor-css.mjs";
import { FLOOR } from "./floor-data.mjs";
import { checkScript } from "./floor-script.mjs";

/** What must be found, or the check itself is broken: kind, text, a part of the complaint. */
export const PLANTED = [
  ["js", "[1,2].at(-1);", "at()"],
  ["js", "const a = structuredClone({});", "structuredClone"],
  ["js", "class A { static { A.x = 1; } }", "syntax"],
  ["js", "class A { #m() {} n() { this.#m(); } }", "syntax"],
  ["js", "await fetch('/');", "syntax"],
  ["js", "const r = /(?<=a)b/;", "lookbehind"],
  ["js", "Object.hasOwn({}, 'a');", "Object.hasOwn"],
  ["js", "AbortSignal.timeout(5);", "AbortSignal.timeout"],
  ["js", "const c = new BroadcastChannel('x');", "BroadcastChannel"],
  ["js", "element.showModal();", "showModal()"],
  ["js", "crypto.randomUUID();", "randomUUID()"],
  ["css", "a:has(b) { color: red; }", ":has"],
  ["css", "a:is(b) { color: red; }", ":is"],
  ["css", ".a { aspect-ratio: 1; }", "aspect-ratio"],
  ["css", ".a { height: 100dvh; }", "dvh"],
  ["css", ".a { color: oklch(50% 0.1 20); }", "oklch()"],
  ["css", ".a { color: color-mix(in srgb, red, blue); }", "color-mix()"],
  ["css", "@container (width > 1px) { .a { color: red; } }", "@container"],
  ["css", "@layer a { .a { color: red; } }", "@layer"],
  ["css", "@media (width >= 700px) { .a { color: red; } }", "range"],
  ["css", ".a { .b & { color: red; } }", "nesting"],
  ["css", ".a:focus-visible { color: red; }", ":focus-visible"],
];

/** Nothing of these may be found: old features, and new ones with a fallback or a guard. */
export const CLEAN = [
  ["js", "const b = a?.at?.(0) ?? 1; if (typeof structuredClone === 'function') {}"],
  ["js", "const m = new Map([[1, 2]]); m.get(1); [1].flatMap(x => x); 'a'.replaceAll('a', 'b');"],
  ["css", ".a { height: 100vh; height: 100dvh; display: grid; gap: 4px; }"],
  ["css", ":focus { outline: 1px solid; } :focus:not(:focus-visible) { outline: 0; }"],
  ["css", "@supports (aspect-ratio: 1) { .a { aspect-ratio: 1; } }"],
];

export function check(kind, text, imported = []) {
  return kind === "css" ? checkCss(text) : checkScript(text, imported);
}

function importsOf(path, text) {
  return [...text.matchAll(/from\s*["'`](\.[^"'`]+\.js)["'`]/g)].map(([, name]) => readFileSync(join(dirname(path), name), "utf8"));
}

function prove() {
  const broken = [];
  for (const [kind, text, part] of PLANTED)
    if (!check(kind, text).some((one) => one.includes(part))) broken.push(`not found: ${text}`);
  for (const [kind, text] of CLEAN) for (const one of check(kind, text)) broken.push(`wrongly found in «${text}»: ${one}`);
  return broken;
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.(js|mjs|css)$/.test(entry.name)) yield path;
  }
}

function main(folder) {
  const broken = prove();
  if (broken.length > 0) {
    console.error(`floor: the check does not prove itself\n  ${broken.join("\n  ")}`);
    return 2;
  }
  let count = 0;
  let wrong = 0;
  for (const path of files(folder)) {
    count += 1;
    const name = relative(folder, path);
    const text = readFileSync(path, "utf8");
    const kind = path.endsWith(".css") ? "css" : "js";
    for (const one of check(kind, text, kind === "js" ? importsOf(path, text) : [])) {
      wrong += 1;
      console.error(`${name}: ${one}`);
    }
  }
  if (count === 0) {
    console.error(`floor: nothing built in ${folder}; run npm run build`);
    return 2;
  }
  const floor = Object.entries(FLOOR).map(([name, version]) => `${name} ${version}`);
  console.log(`floor: ${count} files, ${wrong} above ${floor.join(" and ")}; ${PLANTED.length} planted samples found`);
  return wrong > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv[2] ?? "src/leitai/design/dist");
