/** Pieces of the host's console that stand in no other screen: how presses count, and who pressed when. */

import { h } from "../../lib/dom";
import { fill } from "../../lib/lane";
import type { MoveOf, PressView, StageView } from "../../lib/stage";
import type { DeskWords } from "./desk_words";
import { nameOf } from "./face";
import { modeOf } from "./parts";
import type { Words } from "./words";

/** The verdicts, in the order in which they always stand: what the rules do not have is there and says so. */
export const VERDICTS: readonly string[] = ["right", "partly", "wrong", "timeout", "none"];

/** Whose answer a verdict is about: the seat that was chosen where it answers, else the only one that does; "" where the host has to say. */
export function judged(view: StageView, chosen: string): string {
  const turn = view.question?.turn ?? [];
  if (turn.includes(chosen)) return chosen;
  return turn.length === 1 ? (turn[0] ?? "") : "";
}

export function isAllowed(view: StageView, move: MoveOf): boolean {
  return (view.host?.allowed ?? []).some((one) => one.kind === move.kind && one.seat === move.seat && one.value === move.value);
}

/** The mode, its cap, and how near two presses are level; a warning where nobody has chosen one. */
export function modeBadges(view: StageView, words: Words, desk: DeskWords): readonly HTMLElement[] {
  const { chosen, mode, band } = view.match;
  const found = [h("span.badge", null, modeOf(view, words))];
  if (mode !== "manual" && band > 0) found.push(h("span.badge", null, fill(desk.band, millis(band))));
  if (!chosen) found.push(h("span.badge.k-warn", null, desk.notChosen));
  return found;
}

/** The note by which the stage logs how presses count from now on; "" for any other. */
export function noteText(note: string, words: Words, desk: DeskWords): string {
  const [, mode = "", cap = "0", band = "0"] = /^mode=(arrival|compensated|manual) cap=(\d+) band=(\d+)$/.exec(note) ?? [];
  if (!mode) return "";
  const said = mode === "compensated" ? fill(words.compensated, millis(Number(cap))) : words[mode as "arrival" | "manual"];
  return [said, mode !== "manual" && band !== "0" ? fill(desk.band, millis(Number(band))) : ""].filter(Boolean).join(" · ");
}

/** Who pressed, in the order that counts, by how much each was behind, and why a press was not corrected. */
export function pressList(view: StageView, words: Words, desk: DeskWords): HTMLElement | null {
  const presses = view.question?.presses ?? [];
  if (presses.length === 0) return null;
  const rows = presses.map((press, at) => {
    const said = [marginOf(press, at, desk), flagOf(press, desk)].filter(Boolean).join("，");
    return h("li", null, h("b", null, `${fill(words.seatNo, press.seat)} ${nameOf(view, press.seat)}`), h("span.num", null, said));
  });
  return h("section.host-presses", null, h("h2", null, desk.presses), h("ol", null, ...rows));
}

/** How far behind the first a press was; the hand-kept order of paddles has no instants. */
function marginOf(press: PressView, at: number, desk: DeskWords): string {
  if (at === 0) return desk.first;
  return press.at > 0 ? fill(desk.behind, millis(press.margin)) : "";
}

function flagOf(press: PressView, desk: DeskWords): string {
  return (desk.flags as Readonly<Record<string, string>>)[press.flag ?? ""] ?? "";
}

/** Microseconds in milliseconds, to the tenth. */
export function millis(microseconds: number): string {
  return (microseconds / 1000).toFixed(1).replace(/\.0$/, "");
}
