/** What the question palette shows, worked out apart from the page. */

import type { AnswerState } from "./outbox";
import { sectionOf, type Paper, type Section } from "./paper";

export interface Cell {
  readonly n: number;
  readonly state: AnswerState;
  readonly flagged: boolean;
  readonly current: boolean;
}

export interface Group {
  readonly section: Section | null;
  readonly cells: readonly Cell[];
}

export interface Tally {
  readonly total: number;
  readonly sent: number;
  readonly local: number;
  readonly late: number;
  readonly todo: number;
  readonly flagged: number;
  /** answered, wherever the answer is */
  readonly answered: number;
}

export interface PaletteSource {
  readonly paper: Paper;
  readonly current: number;
  readonly flags: ReadonlySet<number>;
  readonly stateOf: (n: number) => AnswerState;
  /** an answer that was cleared but not sent yet is local and empty */
  readonly isEmpty: (n: number) => boolean;
}

export function groups(source: PaletteSource): Group[] {
  const found: { section: Section | null; cells: Cell[] }[] = [];
  for (const { n } of source.paper.items) {
    const section = sectionOf(source.paper, n) ?? null;
    let group = found[found.length - 1];
    if (!group || group.section !== section) {
      group = { section, cells: [] };
      found.push(group);
    }
    group.cells.push({ n, state: source.stateOf(n), flagged: source.flags.has(n), current: n === source.current });
  }
  return found;
}

export function tally(source: PaletteSource): Tally {
  const count = { total: 0, sent: 0, local: 0, late: 0, todo: 0, flagged: 0, answered: 0 };
  for (const { n } of source.paper.items) {
    count.total += 1;
    count[source.stateOf(n)] += 1;
    if (source.flags.has(n)) count.flagged += 1;
    if (!source.isEmpty(n)) count.answered += 1;
  }
  return count;
}

/** Numbers of questions without an answer, in the paper's order. */
export function unanswered(source: PaletteSource): number[] {
  return source.paper.items.map((item) => item.n).filter((n) => source.isEmpty(n));
}

/** [1,2,3,7,9,10] → "1–3、7、9–10" */
export function ranges(numbers: readonly number[], comma = "、"): string {
  const parts: string[] = [];
  let from = 0;
  numbers.forEach((n, i) => {
    if (i === 0 || n !== numbers[i - 1]! + 1) from = n;
    if (numbers[i + 1] !== n + 1) parts.push(from === n ? `${n}` : `${from}–${n}`);
  });
  return parts.join(comma);
}
