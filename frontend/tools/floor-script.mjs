/** Scripts: parsed as ES2021, which both floor browsers speak; then every call, construction and global by name. */

import { parse } from "acorn";
import { ancestor } from "acorn-walk";
import { api, builtins, GUARDED, lacking, methods, supported } from "./floor-data.mjs";

const ECMA = 2021;

function known(name) {
  return api[name] ?? builtins[name] ?? api.Window?.[name] ?? api.WorkerGlobalScope?.[name];
}

/** Names that the script itself binds anywhere: those are not the browser's. */
function bound(tree) {
  const names = new Set();
  const pattern = (node) => {
    if (!node) return;
    if (node.type === "Identifier") names.add(node.name);
    else if (node.type === "ObjectPattern") node.properties.forEach((one) => pattern(one.value ?? one.argument));
    else if (node.type === "ArrayPattern") node.elements.forEach(pattern);
    else if (node.type === "AssignmentPattern") pattern(node.left);
    else if (node.type === "RestElement") pattern(node.argument);
  };
  const scope = (node) => {
    if (node.id) pattern(node.id);
    (node.params ?? []).forEach(pattern);
  };
  ancestor(tree, {
    VariableDeclarator: (node) => pattern(node.id),
    Function: scope,
    Class: scope,
    CatchClause: (node) => pattern(node.param),
    ImportSpecifier: (node) => pattern(node.local),
    ImportDefaultSpecifier: (node) => pattern(node.local),
    ImportNamespaceSpecifier: (node) => pattern(node.local),
  });
  return names;
}

const CALLABLE = new Set(["FunctionExpression", "ArrowFunctionExpression"]);

/** Methods that the script itself defines, and members that it sets on `this`: calls of those are its own. */
function ownMembers(tree, names = new Set()) {
  const add = (key) => names.add(key.name ?? key.value);
  ancestor(tree, {
    MethodDefinition: (node) => add(node.key),
    Property(node) {
      if (CALLABLE.has(node.value.type) || node.method) add(node.key);
    },
    AssignmentExpression(node) {
      const { left, right } = node;
      if (left.type !== "MemberExpression" || left.computed) return;
      if (left.object.type === "ThisExpression" || CALLABLE.has(right.type)) add(left.property);
    },
  });
  return names;
}

function parsed(text) {
  try {
    return [parse(text, { ecmaVersion: ECMA, sourceType: "module", locations: true }), null];
  } catch (error) {
    return [null, `${error.loc?.line ?? 1}: syntax above ES${ECMA}: ${error.message}`];
  }
}

/** @param imported texts of the chunks that this one imports: their classes are its own too */
export function checkScript(text, imported = []) {
  const [tree, failure] = parsed(text);
  if (!tree) return [failure];
  const own = bound(tree);
  const members = ownMembers(tree);
  for (const other of imported) {
    const [chunk] = parsed(other);
    if (chunk) ownMembers(chunk, members);
  }
  const found = [];
  const complain = (node, name, feature) => {
    if (!GUARDED.has(name)) found.push(`${node.loc.start.line}:${node.loc.start.column}: ${name} is not in ${lacking(feature)}`);
  };
  const call = (node) => {
    const { callee } = node;
    if (callee.type !== "MemberExpression" || callee.computed || node.optional) return;
    const name = callee.property.name;
    const owner = callee.object.type === "Identifier" && !own.has(callee.object.name) ? known(callee.object.name) : null;
    const exact = owner?.[`${name}_static`] ?? owner?.[name];
    if (exact) {
      if (supported(exact) === false) complain(node, `${callee.object.name}.${name}()`, exact);
      return;
    }
    const all = members.has(name) ? null : methods.get(name);
    if (all && all.every((one) => supported(one) === false)) complain(node, `${name}()`, all[0]);
  };
  const literal = (node) => {
    const pattern = node.regex?.pattern ?? (typeof node.value === "string" ? node.value : "");
    if (/\(\?<[=!]/.test(pattern) && (node.regex || /^\S*$/.test(pattern)))
      found.push(`${node.loc.start.line}:${node.loc.start.column}: regular expression lookbehind is not in safari_ios`);
  };
  ancestor(tree, {
    CallExpression: call,
    Literal: literal,
    Identifier(node, _state, above) {
      if (own.has(node.name) || node.name === "undefined") return;
      const parent = above[above.length - 2];
      if (parent?.type === "UnaryExpression" && parent.operator === "typeof") return;
      const feature = known(node.name);
      if (feature && supported(feature) === false && !guardedByTypeof(node.name, above)) complain(node, node.name, feature);
    },
  });
  return [...new Set(found)];
}

/** `typeof X === "function" && new X()`, `if (typeof X …) …`, or the same with `"X" in window`. */
function guardedByTypeof(name, above) {
  return above.some((node) => {
    const test = node.type === "IfStatement" || node.type === "ConditionalExpression" ? node.test : node.type === "LogicalExpression" ? node.left : null;
    return test ? mentions(test, name) : false;
  });
}

function mentions(node, name) {
  let seen = false;
  ancestor(node, {
    UnaryExpression(one) {
      if (one.operator === "typeof" && one.argument.type === "Identifier" && one.argument.name === name) seen = true;
    },
    BinaryExpression(one) {
      if (one.operator === "in" && one.left.type === "Literal" && one.left.value === name) seen = true;
    },
    MemberExpression(one) {
      if (!one.computed && one.property.name === name) seen = true;
    },
  });
  return seen;
}
