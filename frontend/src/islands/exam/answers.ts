/** Pure rules about answers: folding, comparing, and which of two wins after a take-over. */

import type { Answer, AnswerRow } from "./wire";

/** The latest of each question. */
export function fold(rows: readonly AnswerRow[]): Map<number, Answer> {
  const latest = new Map<number, Answer>();
  for (const [n, a] of rows) latest.set(n, a);
  return latest;
}

function flat(answer: Answer): string {
  const blanks = typeof answer === "string" ? [answer] : [...answer];
  while (blanks.length > 0 && blanks[blanks.length - 1] === "") blanks.pop();
  return JSON.stringify(blanks);
}

/** "" and blanks that are all empty are the same: nothing. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  return flat(a) === flat(b);
}

export function isAnswered(answer: Answer): boolean {
  return !sameAnswer(answer, "");
}

export interface Merged {
  /** ours that must still go to the server */
  readonly rows: AnswerRow[];
  /** questions where another machine's answer stands */
  readonly overruled: number[];
}

/**
 * What of ours is still to send when the server went on without us. Where the server has what we last sent,
 * nobody changed it elsewhere: ours is newer and goes. Where it has something else, another machine answered
 * after us: that one stands.
 */
export function merge(theirs: ReadonlyMap<number, Answer>, sent: Readonly<Record<number, Answer>>, unsent: readonly AnswerRow[]): Merged {
  const rows: AnswerRow[] = [];
  const overruled = new Set<number>();
  for (const [n, row] of new Map(unsent.map((one) => [one[0], one]))) {
    const server = theirs.get(n) ?? "";
    if (sameAnswer(server, row[1])) continue;
    if (sameAnswer(server, sent[n] ?? "")) rows.push(row);
    else overruled.add(n);
  }
  return { rows, overruled: [...overruled] };
}

/** "CA" + "B" → "ABC"; a letter given again is taken away. */
export function toggleLetter(answer: string, letter: string): string {
  const letters = new Set(answer);
  if (letters.has(letter)) letters.delete(letter);
  else letters.add(letter);
  return [...letters].sort().join("");
}
