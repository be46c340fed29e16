/** A draw's page: `<div id="draw-check" data-record="…">` is recomputed; secrets' forms make secrets. */

import { glyph, h, replace } from "../../lib/dom";
import { verify, type DrawRecord } from "./record";
import { bindSecret } from "./secret";
import { wordsOf } from "./words";

async function recompute(box: HTMLElement): Promise<void> {
  const words = wordsOf(document.documentElement.lang);
  try {
    const answer = await fetch(box.dataset["record"] ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    const claims = verify((await answer.json()) as DrawRecord);
    const good = claims.every((claim) => claim.holds);
    const byHand = claims.some((claim) => claim.code === "hand");
    const head = byHand ? words.claim(claims[0]!) : good ? words.good : words.bad;
    const lines = claims.map((claim) =>
      h(`li.k-${claim.holds ? "ok" : "bad"}`, { "data-claim": claim.code }, glyph(claim.holds ? "ok" : "late"), h("span", null, words.claim(claim))),
    );
    box.className = `draw-verdict k-${byHand ? "warn" : good ? "ok" : "bad"}`;
    replace(box, h("p.title", null, head), byHand ? null : h("ul.draw-claims", null, ...lines));
  } catch {
    box.className = "draw-verdict k-warn";
    replace(box, h("p.title", null, words.offline));
  }
}

const box = document.getElementById("draw-check");
if (box) void recompute(box);
document.querySelectorAll<HTMLFormElement>("[data-lt-secret-form]").forEach(bindSecret);
