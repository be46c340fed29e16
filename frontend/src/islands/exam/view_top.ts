/** The bar that never leaves: who and where, time, hand in; and the banner, only when something is wrong. */

import { clockText, dayClock } from "../../lib/clock";
import { h, icon, mark, replace, say } from "../../lib/dom";
import type { Room } from "./room";
import { fill, type Words } from "./text";
import { seatText } from "./view_wait";

export class TopView {
  readonly element: HTMLElement;
  readonly banner = h("div.exam-net.k-warn", { role: "status", hidden: true });
  private readonly left = h("b.num");
  private readonly by = h("span.by");
  private readonly clock: HTMLElement;
  private readonly act: HTMLButtonElement;
  private readonly title = h("b");
  private readonly text = h("span");
  private readonly since = h("span.since.num", { "aria-hidden": "true" });
  private spokenMinute = -1;

  constructor(
    private readonly room: Room,
    private readonly words: Words,
    handIn: () => void,
  ) {
    const seat = room.kept?.seat;
    const who = seat?.who;
    this.clock = h(
      "div.clock",
      { role: "timer", "aria-label": "" },
      h("span.when", { "aria-hidden": "true" }, words.left),
      this.left,
      this.by,
    );
    this.left.setAttribute("aria-hidden", "true");
    this.by.setAttribute("aria-hidden", "true");
    this.act = h("button.btn.btn-house.hand-in", { type: "button", onclick: handIn as EventListener }, words.handIn);
    this.element = h(
      "header.exam-top",
      null,
      h(
        "div.who",
        null,
        mark(),
        h("div", null, h("b", null, seat?.exam.title ?? ""), h("span", null, seatText(words, who?.site, who?.seat))),
      ),
      h(
        "div.person",
        null,
        h("b", null, who?.name ?? ""),
        h("span", null, `${who?.delegation ?? ""} · ${words.personPlain}`, h("span.num", null, who?.number ?? "")),
      ),
      this.clock,
      this.act,
    );
    this.banner.append(icon("offline"), h("p", null, this.title, this.text), this.since);
  }

  update(): void {
    this.time();
    this.net();
    this.act.hidden = this.room.phase !== "answer";
  }

  private time(): void {
    const { room, words } = this;
    const left = room.left;
    say(this.left, clockText(left));
    say(this.by, fill(words.handInAt, dayClock(room.deadline)));
    this.clock.classList.toggle("soon", left < 5 * 60_000);
    const minute = Math.ceil(left / 60_000);
    if (minute === this.spokenMinute) return;
    this.spokenMinute = minute;
    this.clock.setAttribute("aria-label", fill(words.timeLeft, clockText(left)));
  }

  private net(): void {
    const { room, words } = this;
    const since = room.outbox?.downSince ?? null;
    const unsent = room.outbox?.unsent.length ?? 0;
    const busy = unsent > 0 && room.outbox?.busy === true;
    const over = room.phase === "flush";
    this.banner.hidden = since === null && !busy && !over;
    if (this.banner.hidden) return;
    say(this.title, over ? words.lateBy : since === null ? words.busyTitle : words.offlineTitle);
    const kept = unsent > 0 ? fill(words.offlineText, unsent) : words.offlineNone;
    say(this.text, over && since === null ? words.flushing : kept);
    say(this.since, since === null ? "" : fill(words.offlineSince, clockText(performance.now() - since)));
  }
}

/** One line that goes by itself: an extension, an overruled answer. */
export class Notices {
  readonly element = h("div.exam-notices", { "aria-live": "polite" });

  tell(text: string, tone: "k-act" | "k-warn" | "k-ok" = "k-act", keep = 12_000): void {
    const line = h("div", { class: `toast ${tone}` }, icon(tone === "k-ok" ? "check" : "info"), h("span", null, text));
    this.element.append(line);
    setTimeout(() => line.remove(), keep);
  }

  clear(): void {
    replace(this.element);
  }
}
