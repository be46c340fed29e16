/** What the floor's browsers have, by MDN's browser-compat-data; and the exemptions, each with its reason. */

import { createRequire } from "node:module";

const bcd = createRequire(import.meta.url)("@mdn/browser-compat-data");

/** Browsers of learners, contestants, judges, invigilators and unit managers. */
export const FLOOR = { chrome: "87", safari_ios: "14.5" };

/**
 * Used above the floor on purpose. `where` is a property, a selector or a call; nothing breaks without it.
 */
export const EXEMPT = new Map([
  ["text-autospace", "gap between 汉字 and digits: without it the words stand as typed"],
  ["text-spacing-trim", "full-width punctuation at a line's start: cosmetic"],
  ["text-wrap", "balanced titles: without it they break where the line ends"],
  ["text-wrap-style", "as text-wrap"],
  ["text-wrap-mode", "as text-wrap"],
  ["accent-color", "the browser's own blue stands in"],
  ["color-scheme", "form controls keep the light look"],
  ["text-decoration-thickness", "the underline keeps its own weight"],
  ["text-size-adjust", "the -webkit- one stands beside it"],
  ["text-decoration-skip-ink", "cosmetic"],
  ["overflow-wrap: anywhere", "min-content sizes only; break-word behaviour is in overflow-wrap: break-word of the reset"],
  ["font-smooth", "cosmetic"],
  ["break-inside", "print only: a card may be cut between two sheets"],
  ["print-color-adjust", "the -webkit- one stands beside it"],
  [":focus:not(:focus-visible)", "takes the ring away for mouse users; a browser that cannot read it keeps the ring"],
  ["::placeholder", "known to both under this name"],
  ["text-decoration", "style and line in one: Safari keeps the line"],
  ["cursor", "a phone has none; a desktop that lacks a shape shows its own"],
  ["resize", "a text field that cannot be pulled larger still scrolls"],
  ["scroll-behavior", "the jump is sudden"],
  ["@page", "print only; the browser's own sheet stands in"],
  ["align-content: start", "in grid layout, where both know it; in flex layout we write flex-start"],
  ["align-items: start", "as align-content"],
  ["align-self: start", "as align-content"],
  ["align-self: end", "as align-content"],
  ["place-items: end", "as align-content"],
  ["::file-selector-button", "a rule of its own in Bootstrap's reset: the pointer over a file button"],
  ["button:focus:not(:focus-visible)", "Bootstrap's reset: as :focus:not(:focus-visible)"],
  ["vector-effect", "strokes of stretched drawings; the line is drawn all the same"],
]);

/**
 * Calls that the sources guard in a way this reader does not see (`if (parent.moveBefore)`): name → where and how.
 */
export const GUARDED = new Map([
  ["moveBefore()", "htmx: if (parentNode.moveBefore), else insertBefore"],
  ["startViewTransition()", "htmx: if (document.startViewTransition), else the plain swap"],
  ["install()", "echarts: its own extensions' method"],
  ["replaceSync()", "htmx: in try, and switched off by includeIndicatorCSS: false"],
  ["intercept()", "htmx: inside if (window.navigation), else popstate"],
  ["Uint8Array.fromBase64()", "js-base64 (of tus-js-client): if typeof it is a function, else atob"],
]);

function number(version) {
  const [major, minor] = String(version).replace("≤", "").split(".").map(Number);
  return major * 1000 + (minor || 0);
}

function has(support, floor) {
  const statements = Array.isArray(support) ? support : support ? [support] : [];
  return statements.some((one) => {
    if (one.flags || one.prefix || one.alternative_name) return false;
    if (typeof one.version_added !== "string" || one.version_added === "preview") return false;
    if (typeof one.version_removed === "string" && number(one.version_removed) <= number(floor)) return false;
    return number(one.version_added) <= number(floor);
  });
}

/** True when every floor browser has it; null when the data says nothing. */
export function supported(feature) {
  const compat = feature?.__compat;
  if (!compat) return null;
  return Object.entries(FLOOR).every(([browser, version]) => has(compat.support[browser], version));
}

/** Browsers that lack it, for the complaint. */
export function lacking(feature) {
  return Object.entries(FLOOR)
    .filter(([browser, version]) => !has(feature.__compat.support[browser], version))
    .map(([browser, version]) => `${browser} ${version}`)
    .join(", ");
}

export const css = bcd.css;
export const api = bcd.api;
export const builtins = bcd.javascript.builtins;

/** Method name → every interface's entry of that name: a call on an unknown thing is wrong only if all are new. */
export const methods = (() => {
  const found = new Map();
  for (const group of [api, builtins, builtins.Intl]) {
    // global functions may be kept in a member: ctx.fetch()
    for (const [name, owner] of Object.entries(group)) if (/^[a-z]/.test(name) && owner.__compat) found.set(name, [owner]);
    for (const owner of Object.values(group)) {
      for (const [name, feature] of Object.entries(owner)) {
        if (!feature?.__compat || name.endsWith("_static") || name.endsWith("_event")) continue;
        if (!found.has(name)) found.set(name, []);
        found.get(name).push(feature);
      }
    }
  }
  return found;
})();
