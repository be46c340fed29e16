/** What a timekeeper's clock says at a moment: time, state in word and shape, signals. Pure. */

import { clockText } from "../../lib/clock";
import type { GlyphName } from "../../lib/dom";
import { fill } from "../../lib/lane";
import type { Words } from "./words";

export interface Rule {
  /** seconds, null where the rules say nothing */
  readonly min: number | null;
  readonly max: number | null;
  readonly stop: number | null;
  readonly signals: readonly number[];
  /** one after the other */
  readonly parts: readonly { readonly title: string; readonly seconds: number }[];
}

export interface Face {
  readonly time: string;
  readonly shape: GlyphName;
  readonly tone: "k-ok" | "k-warn" | "k-bad";
  readonly words: string;
  /** what comes next, "" where nothing does */
  readonly next: string;
}

export const SHOWN = 10_000; // a signal stays to be read, in milliseconds

/** 61 900 ms → 1:01: full seconds that have passed, as the stage's clock counts. */
export function passed(milliseconds: number): string {
  return clockText(Math.floor(Math.max(0, milliseconds) / 1000) * 1000);
}

export function faceOf(elapsed: number, rule: Rule, words: Words): Face {
  const time = passed(elapsed);
  const text = (seconds: number): string => clockText(seconds * 1000);
  const next = following(elapsed, rule, words);
  const { min, max, stop } = rule;
  if (stop !== null && elapsed >= stop * 1000) return { time, shape: "late", tone: "k-bad", words: fill(words.halt, text(stop)), next };
  if (max !== null && elapsed > max * 1000) return { time, shape: "late", tone: "k-bad", words: fill(words.over, passed(elapsed - max * 1000)), next };
  const signal = rule.signals.find((one) => elapsed >= one * 1000 && elapsed < one * 1000 + SHOWN);
  if (signal !== undefined) return { time, shape: "warn", tone: "k-warn", words: fill(words.signal, text(signal)), next };
  if (min !== null && elapsed < min * 1000) return { time, shape: "half", tone: "k-ok", words: `${words.runs} · ${fill(words.tooShort, text(min))}`, next };
  return { time, shape: "live", tone: "k-ok", words: words.runs, next };
}

function following(elapsed: number, rule: Rule, words: Words): string {
  let end = 0;
  for (const part of rule.parts) {
    end += part.seconds * 1000;
    if (elapsed < end) return `${part.title} · ${fill(words.left, clockText(end - elapsed))}`;
  }
  if (rule.max !== null && elapsed <= rule.max * 1000) return fill(words.left, clockText(rule.max * 1000 - elapsed));
  if (rule.stop !== null && elapsed < rule.stop * 1000) return fill(words.until, clockText(rule.stop * 1000), clockText(rule.stop * 1000 - elapsed));
  return "";
}

export type Tone = "signal" | "end";

/** What is to be heard between two moments; the end drowns a signal of the same moment. */
export function toneBetween(before: number, after: number, rule: Rule): Tone | "" {
  const crossed = (seconds: number | null): boolean => seconds !== null && before < seconds * 1000 && after >= seconds * 1000;
  if (crossed(rule.stop) || crossed(rule.max)) return "end";
  return rule.signals.some(crossed) ? "signal" : "";
}
