/** Pieces that the hall, the spectators and the host show alike. */

import { h, type Child } from "../../lib/dom";
import { fill } from "../../lib/lane";
import type { QuestionText, SeatView, StageView } from "../../lib/stage";
import type { Words } from "./words";

/** What stands in the corner of a seat's tile; "" where there is nothing to say. */
export function tagOf(view: StageView, seat: SeatView, words: Words): string {
  if (seat.out === "absent") return words.tagAbsent;
  if (seat.state === "out") return words.tagOut;
  if (seat.state === "stopped") return words.tagStopped;
  if (seat.state === "answers") return words.tagAnswering;
  const press = view.question?.presses?.find((one) => one.seat === seat.seat);
  if (seat.state === "pressed" && press && press.margin > 0) return fill(words.tagLate, (press.margin / 1_000_000).toFixed(3));
  if (seat.state === "pressed") return words.tagPressed;
  if (seat.state === "right") return words.tagRight;
  if (seat.state === "failed") return words.tagFailed;
  if (seat.state === "locked") return words.tagLocked;
  return "";
}

/** How presses count in this match. */
export function modeOf(view: StageView, words: Words): string {
  const { mode, cap } = view.match;
  return mode === "compensated" ? fill(words.compensated, cap) : words[mode];
}

/** Between whom a photo finish was; "" where there was none, or the host himself has replaced the question. */
export function closeText(view: StageView, words: Words): string {
  const names = closeNames(view);
  if (!names) return "";
  const waits = view.question?.phase === "close" ? `，${words.closeRuling}` : "";
  return `${words.close}：${names}${waits}`;
}

export function closeNames(view: StageView): string {
  const seats = view.question?.close?.seats ?? [];
  return seats.map((seat) => `${seat} ${view.seats.find((one) => one.seat === seat)?.name ?? ""}`.trim()).join(" · ");
}

/** The failures so far as shapes; without a bound (`most` 0) as so many crosses. */
export function life(wrong: number, most: number, words: Words): HTMLElement {
  const count = Math.max(wrong, most);
  const pips = Array.from({ length: Math.min(count, 5) }, (_, at) => h(at < wrong ? "i.x" : "i", null, at < wrong ? "✕" : null));
  return h("span.life", { role: "img", "aria-label": fill(words.wrongCount, wrong) }, ...pips);
}

export function options(text: QuestionText, right: readonly string[] = []): HTMLElement | null {
  if (text.options.length === 0) return null;
  const rows = text.options.map(([letter, words]) =>
    h(right.includes(letter) ? "li.right" : "li", null, h("b", null, letter), h("span", null, words)),
  );
  return h("ol.ask-options", null, ...rows);
}

/** The letters of the right answer, where it has some. */
export function rightLetters(key: unknown): readonly string[] {
  if (Array.isArray(key)) return key.filter((one): one is string => typeof one === "string");
  return typeof key === "string" && /^[A-Z]+$/.test(key) ? key.split("") : [];
}

/** Seats by their place; level scores share one, unless a playoff has put them in order. */
export function places(view: StageView): readonly (readonly [number, SeatView])[] {
  const found: [number, SeatView][] = [];
  for (const name of view.order) {
    const seat = view.seats.find((one) => one.seat === name);
    if (!seat) continue;
    const before = found[found.length - 1];
    const level = before && before[1].score === seat.score && (before[1].playoff ?? 0) === (seat.playoff ?? 0);
    found.push([level ? before[0] : found.length + 1, seat]);
  }
  return found;
}

/** A line of the lower third: what stands before the first bar is the name, what is behind it says who that is. */
export function stripOf(line: string): readonly [name: string, note: string] {
  const [name = "", ...rest] = line.split(/[｜|]/);
  return [name.trim(), rest.join(" ").trim()];
}

export function classed(...names: readonly (string | false)[]): { readonly class: string } {
  return { class: names.filter(Boolean).join(" ") };
}

export type { Child };
