/** A sheet's boxes: what may stand in each, what is wrong with it in the server's words, and the sum. Pure. */

import { fill } from "../../lib/lane";
import { add, below, clean, fits, grains, isDecimal, isMultiple, NOUGHT, parse, show, times, type Figure } from "./figures";
import type { Words } from "./words";

export interface Box {
  readonly name: string;
  readonly title: string;
  readonly weight: string;
  /** value → points where a grade is given or a step is done; null where points are typed */
  readonly choices: Readonly<Record<string, string>> | null;
  readonly min: string;
  readonly max: string;
  readonly grain: string;
  readonly decimals: number;
}

export type Marks = Readonly<Record<string, string>>;

/** What the server would say to these points; "" where it takes them. */
export function problemOf(box: Box, given: string, words: Words): string {
  const mark = clean(given);
  if (mark === "" || box.choices) return "";
  if (!isDecimal(mark)) return fill(words.noFigure, mark);
  const value = parse(mark);
  if (!fits(value, box.decimals)) return fill(words.decimals, mark, box.decimals);
  if (below(value, parse(box.min)) || below(parse(box.max), value)) return fill(words.range, mark, box.min, box.max);
  return isMultiple(value, parse(box.grain)) ? "" : fill(words.grain, mark, box.grain);
}

export interface Level {
  readonly from: string;
  readonly to: string;
}

/** Which level a mark lies in, both ends among it; -1 where it is none that can be given, or in none. */
export function levelOf(levels: readonly Level[], box: Box, given: string, words: Words): number {
  const mark = clean(given);
  if (mark === "" || problemOf(box, mark, words) !== "") return -1;
  const value = parse(mark);
  return levels.findIndex(({ from, to }) => !below(value, parse(from)) && !below(parse(to), value));
}

/** Somebody is in the middle of a decimal: «8.» is not wrong yet. */
export function unfinished(given: string): boolean {
  return /^-?[0-9]*\.$|^-$/.test(clean(given));
}

export interface Standing {
  readonly sum: string;
  /** names of boxes without a mark, in order */
  readonly missing: readonly string[];
  readonly wrong: readonly string[];
}

/** The sum of what is sound, each line with its weight; and what keeps the sheet from being submitted. */
export function standingOf(boxes: readonly Box[], marks: Marks, words: Words): Standing {
  let sum: Figure = NOUGHT;
  const [missing, wrong]: [string[], string[]] = [[], []];
  for (const box of boxes) {
    const mark = clean(marks[box.name] ?? "");
    const points = box.choices ? box.choices[mark] : mark;
    if (mark === "" || points === undefined) missing.push(box.name);
    else if (problemOf(box, mark, words) !== "") wrong.push(box.name);
    else sum = add(sum, times(parse(box.weight), parse(points)));
  }
  return { sum: show(sum), missing, wrong };
}

/** One grain more or less, never out of bounds; an empty box begins at the end that lies there. */
export function stepped(box: Box, given: string, way: 1 | -1): string {
  const grain = parse(box.grain);
  const low = -grains(times(parse("-1"), parse(box.min)), grain); // rounded up
  const high = grains(parse(box.max), grain);
  const mark = clean(given);
  let count = way > 0 ? low : high;
  if (isDecimal(mark)) {
    const value = parse(mark);
    const full = grains(value, grain);
    count = way > 0 ? full + BigInt(1) : isMultiple(value, grain) ? full - BigInt(1) : full;
  }
  count = count < low ? low : count > high ? high : count;
  return show(times({ top: count, bottom: BigInt(1) }, grain));
}
