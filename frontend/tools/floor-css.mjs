/** Styles: properties, values, units, functions, selectors and at-rules, each looked up in browser-compat-data. */

import { generate, parse, walk } from "css-tree";
import { css, EXEMPT, lacking, supported } from "./floor-data.mjs";

/* functions and units whose entries lie deep in the data */
const FUNCTIONS = {
  oklch: css.types.color.oklch,
  oklab: css.types.color.oklab,
  lab: css.types.color.lab,
  lch: css.types.color.lch,
  hwb: css.types.color.hwb,
  color: css.types.color.color,
  "color-mix": css.types.color["color-mix"],
  "light-dark": css.types.color["light-dark"],
  min: css.types.min,
  max: css.types.max,
  clamp: css.types.clamp,
  env: css.types.env,
  "conic-gradient": css.types.gradient["conic-gradient"],
  "repeating-conic-gradient": css.types.gradient["repeating-conic-gradient"],
};
const UNITS = new Set(["dvh", "dvw", "svh", "svw", "lvh", "lvw", "dvmin", "dvmax", "cqw", "cqh", "cqi", "cqb", "cqmin", "cqmax", "lh", "rlh", "cap", "rcap", "ic", "ric", "dvi", "dvb", "vi", "vb"]);
const RANGE = /[<>]=?|(?<!:)=/;

function property(name) {
  return css.properties[name.replace(/^-(webkit|moz|ms|o)-/, "")];
}

/** A custom property's value is read where it is used; a vendor's own name is for the browsers that know it. */
function ofNobody(name) {
  return name.startsWith("--") || /^-(webkit|moz|ms|o)-/.test(name);
}

function valueProblems(declaration) {
  const found = [];
  const feature = property(declaration.property);
  if (declaration.value.type === "Raw") return found;
  walk(declaration.value, (node) => {
    if (node.type === "Function") {
      const known = FUNCTIONS[node.name.toLowerCase()] ?? css.types[node.name.toLowerCase()];
      if (known && supported(known) === false) found.push([`${node.name}()`, known]);
    } else if (node.type === "Dimension" && UNITS.has(node.unit.toLowerCase())) found.push([node.unit, null]);
    else if (node.type === "Identifier" && feature) {
      const keyword = feature[node.name];
      if (keyword && supported(keyword) === false) found.push([`${declaration.property}: ${node.name}`, keyword]);
    }
  });
  return found;
}

function declarationProblems(block) {
  const found = [];
  const safe = new Set(); // properties that this rule has already set to something the floor reads
  const names = new Set();
  for (const node of block.children) if (node.type === "Declaration") names.add(node.property);
  for (const node of block.children) {
    if (node.type === "Rule" || node.type === "Raw") found.push("nesting is not in the floor");
    if (node.type !== "Declaration" || ofNobody(node.property)) continue;
    const feature = property(node.property);
    const problems = valueProblems(node);
    const unknown = feature && supported(feature) === false && !EXEMPT.has(node.property) && !names.has(`-webkit-${node.property}`);
    if (unknown) found.push(`${node.property} is not in ${lacking(feature)}`);
    const rest = problems.filter(([name]) => !EXEMPT.has(name) && !EXEMPT.has(node.property) && !names.has(`-webkit-${node.property}`));
    if (rest.length === 0) safe.add(node.property);
    else if (!safe.has(node.property) && !unknown)
      for (const [name, known] of rest) found.push(`${node.property}: ${name} is not in ${known ? lacking(known) : "the floor"}, and has no fallback before it`);
  }
  return found;
}

function selectorProblems(prelude) {
  const found = [];
  if (!prelude || prelude.type === "Raw") return found;
  for (const selector of prelude.children) {
    const text = generate(selector);
    if (EXEMPT.has(text)) continue;
    walk(selector, (node) => {
      if (node.type === "NestingSelector") found.push("nesting is not in the floor");
      if (node.type !== "PseudoClassSelector" && node.type !== "PseudoElementSelector") return;
      const name = node.name.toLowerCase();
      const feature = css.selectors[name];
      const mark = node.type === "PseudoClassSelector" ? ":" : "::";
      if (EXEMPT.has(mark + name) || name.startsWith("-")) return;
      if (feature && supported(feature) === false) found.push(`${mark}${name} in «${text}» is not in ${lacking(feature)}`);
      if (name === "not" && node.children && (node.children.first?.children?.size ?? 0) > 1) found.push(`a list in :not() is above the floor in «${text}»`);
    });
  }
  return found;
}

function atProblems(node) {
  const name = node.name.toLowerCase();
  if (/^-(webkit|moz)-/.test(name)) return [];
  const feature = css["at-rules"][name];
  const found = [];
  if (feature && supported(feature) === false && !EXEMPT.has(`@${name}`)) found.push(`@${name} is not in ${lacking(feature)}`);
  const text = node.prelude ? generate(node.prelude) : "";
  if (name === "media") {
    if (RANGE.test(text)) found.push(`range syntax in @media ${text} is above the floor`);
    for (const [, query] of text.matchAll(/\(\s*([a-z-]+)/g)) {
      const known = css["at-rules"].media[query];
      if (known && supported(known) === false) found.push(`@media ${query} is not in ${lacking(known)}`);
    }
  }
  return found;
}

export function checkCss(text) {
  const found = [];
  const tree = parse(text, { positions: true, parseCustomProperty: false });
  const say = (node, problems) => {
    for (const one of problems) found.push(`${node.loc.start.line}:${node.loc.start.column}: ${one}`);
  };
  let guarded = 0;
  walk(tree, {
    enter(node) {
      if (node.type === "Atrule") {
        if (node.name.toLowerCase() === "supports") guarded += 1;
        else if (guarded === 0) say(node, atProblems(node));
      }
      if (guarded > 0) return;
      if (node.type === "Rule") say(node, [...selectorProblems(node.prelude), ...declarationProblems(node.block)]);
    },
    leave(node) {
      if (node.type === "Atrule" && node.name.toLowerCase() === "supports") guarded -= 1;
    },
  });
  return [...new Set(found)];
}
