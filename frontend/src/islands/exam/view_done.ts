/** After the end: the receipt with the journal's digest, or what was collected when time was up. */

import { dayClock } from "../../lib/clock";
import { copyText } from "../../lib/copy";
import { glyph, h, icon, type Child } from "../../lib/dom";
import { isAnswered } from "./answers";
import type { Room } from "./room";
import { rememberSitting } from "./tab";
import { fill, type Words } from "./text";

function inFours(digest: string): string {
  return (digest.match(/.{1,4}/g) ?? []).join(" ");
}

function fact(name: string, ...value: readonly Child[]): HTMLElement {
  return h("div", null, h("dt", null, name), h("dd", null, ...value));
}

function sameMark(words: Words, same: boolean): HTMLElement {
  const tone = same ? "k-ok" : "k-bad";
  return h("span", { class: `lt-state ${tone}` }, glyph(same ? "ok" : "late"), same ? words.digestSame : words.digestDiffers);
}

/** What did not make it, in honest words. */
function losses(room: Room, words: Words): HTMLElement | null {
  const late = room.outbox?.lateCount ?? 0;
  const unsent = room.outbox?.unsent.length ?? 0;
  const refused = room.outbox?.refusedCount ?? 0;
  if (late + unsent + refused === 0) return null;
  return h(
    "div.alert.k-warn",
    { role: "alert" },
    icon("info"),
    h(
      "div",
      null,
      late > 0 ? h("p", null, fill(words.lateText, late)) : null,
      refused > 0 ? h("p", null, fill(words.refusedText, refused)) : null,
      unsent > 0 ? h("p", null, fill(words.unsentText, unsent)) : null,
    ),
  );
}

export function doneView(room: Room, words: Words, home: string): HTMLElement {
  const kept = room.kept;
  const receipt = kept?.receipt ?? null;
  const seat = kept?.seat;
  const digest = receipt?.digest ?? kept?.digest ?? "";
  const answered = receipt?.answered ?? Object.values(kept?.sent ?? {}).filter(isAnswered).length;
  const early = !receipt && seat?.state === "closed" && room.left > 1000;
  const title = receipt ? words.receiptTitle : seat?.state === "handed_in" ? words.receiptTitle : early ? words.closedTitleEarly : words.closedTitle;
  const lines = [
    seat?.exam.title ?? "",
    `${seat?.who.name ?? ""} ${seat?.who.number ?? ""}`,
    receipt ? `${words.receiptNumber} ${receipt.number}` : "",
    `${words.receiptDigest} ${digest}`,
  ];
  const copied = h("span.muted", { role: "status" });
  const copy = (() => {
    void copyText(lines.filter(Boolean).join("\n")).then((done) => {
      copied.textContent = done ? words.copied : "";
    });
  }) as EventListener;
  return h(
    "div.exam-card.receipt",
    null,
    receipt || seat?.state === "handed_in" ? h("p.receipt-mark.k-ok", null, glyph("ok")) : h("p.receipt-mark.k-idle", null, icon("clock")),
    h("h1", { tabindex: "-1" }, title),
    h("p.muted", null, receipt ? words.receiptText : words.closedText),
    losses(room, words),
    receipt ? h("p.receipt-number", null, h("span", null, words.receiptNumber), h("b.num", null, receipt.number)) : null,
    h(
      "dl.receipt-facts",
      null,
      fact(seat?.exam.title ?? "", seat?.who.name ?? "", " ", h("span.num", null, seat?.who.number ?? "")),
      receipt ? fact(words.receiptAt, h("span.num", null, dayClock(receipt.at))) : null,
      fact(receipt ? words.receiptAnswered : words.lastSent, h("b.num", null, answered)),
      fact(words.receiptDigest, h("code", null, inFours(digest)), h("br"), sameMark(words, !receipt || receipt.digest === kept?.digest)),
    ),
    h(
      "div.acts-row",
      null,
      copied,
      h("button.btn", { type: "button", onclick: copy }, icon("copy"), words.copy),
      h("button.btn", { type: "button", onclick: (() => window.print()) as EventListener }, icon("print"), words.print),
      h("a.btn.btn-primary", { href: home, onclick: (() => rememberSitting(null)) as EventListener }, home.startsWith("/practice/") ? words.leaveBack : words.leave),
    ),
  );
}
