/** What the rules have the host demand of an answer: stated manners, and whether the press came while the question was read. */

import { h } from "../../lib/dom";
import type { StageView } from "../../lib/stage";
import type { DeskWords } from "./desk_words";

export function manner(view: StageView, desk: DeskWords): HTMLElement | null {
  const stated = view.host?.manner ?? [];
  const reading = view.host?.reading ?? false;
  if (stated.length === 0 && !reading) return null;
  return h(
    "p.host-manner",
    null,
    reading ? h("span.badge.k-warn", null, desk.whileRead) : null,
    ...stated.map((one) => h("span.badge", null, one)),
  );
}
