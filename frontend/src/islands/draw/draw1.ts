/**
 * "draw-1" as `docs/formats/draw.md` writes it, in plain JavaScript: no WebCrypto, so that it also runs on
 * a page that came over http. The same vectors hold it and Python's `leitai.kernel.draw`.
 */

import { concat, hex, utf8 } from "../../lib/bytes";
import { sha256Plain } from "../../lib/sha256";

export const ATTEMPTS = 10_000;

export interface Step {
  readonly digest: string;
  readonly remaining: number;
  readonly index: number;
  readonly drawn: string;
}

export type Constraint =
  | { readonly kind: "apart"; readonly groups: readonly (readonly string[])[] }
  | { readonly kind: "not_first"; readonly members: readonly string[] };

export interface Outcome {
  readonly attempt: number | null;
  readonly relaxed: readonly number[];
  readonly steps: readonly Step[];
}

/** As Python compares text; JavaScript's own order differs beyond U+FFFF. */
export function byCodePoint(one: string, other: string): number {
  const left = Array.from(one);
  const right = Array.from(other);
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const gap = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (gap !== 0) return gap;
  }
  return left.length - right.length;
}

/** Canonical JSON: keys by code point, no white space; integers, text, lists, records, true, false, null. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const record = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(record).sort(byCodePoint);
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("not an integer");
  return JSON.stringify(value);
}

export function sha256Hex(text: string): string {
  return hex(sha256Plain(utf8(text)));
}

/** The digest read as a number, modulo `n`. */
export function remainder(digest: Uint8Array, n: number): number {
  let rest = 0;
  for (const byte of digest) rest = (rest * 256 + byte) % n;
  return rest;
}

export function steps(pool: readonly string[], key: string): Step[] {
  return tryOnce(pool, key, []) ?? [];
}

/** Draws until the constraints hold; the attempt's number alone says which of them did. */
export function resolve(
  pool: readonly string[],
  key: string,
  constraints: readonly Constraint[],
  relax: readonly number[],
): Outcome {
  if (constraints.length === 0) return { attempt: null, relaxed: [], steps: steps(pool, key) };
  for (let level = 0; level <= relax.length; level += 1) {
    const relaxed = relax.slice(0, level);
    const held = constraints.filter((_one, at) => !relaxed.includes(at));
    for (let attempt = level * ATTEMPTS; attempt < (level + 1) * ATTEMPTS; attempt += 1) {
      const drawn = tryOnce(pool, `${key}${String(attempt)}/`, held);
      if (drawn) return { attempt, relaxed, steps: drawn };
    }
  }
  throw new RangeError("nothing to draw");
}

function tryOnce(pool: readonly string[], key: string, constraints: readonly Constraint[]): Step[] | null {
  const remaining = [...pool].sort(byCodePoint);
  const middle = utf8(key);
  const drawn: Step[] = [];
  for (let i = 0; remaining.length > 0; i += 1) {
    const edge = new Uint8Array([i >> 8, i & 255]);
    const digest = sha256Plain(concat(edge, middle, edge));
    const left = remaining.length;
    const index = remainder(digest, left);
    const name = remaining.splice(index, 1)[0]!;
    const before = drawn.length ? drawn[drawn.length - 1]!.drawn : null;
    if (!constraints.every((one) => allows(one, before, name))) return null;
    drawn.push({ digest: hex(digest), remaining: left, index, drawn: name });
  }
  return drawn;
}

function allows(constraint: Constraint, before: string | null, name: string): boolean {
  if (constraint.kind === "not_first") return before !== null || !constraint.members.includes(name);
  return before === null || !constraint.groups.some((group) => group.includes(before) && group.includes(name));
}
