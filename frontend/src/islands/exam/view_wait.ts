/** The waiting room: who, where, how long, and whether device and network are fine. */

import { clockText, dayClock } from "../../lib/clock";
import { glyph, h, replace, say, type GlyphName } from "../../lib/dom";
import type { Room } from "./room";
import { fill, type Words } from "./text";

export class WaitView {
  readonly element: HTMLElement;
  private readonly left = h("b.num", { role: "timer" });
  private readonly word = h("span.muted");
  private readonly when = h("p.muted");
  private readonly list = h("ul.preflight");
  private lastChecks = "";

  constructor(
    private readonly room: Room,
    private readonly words: Words,
  ) {
    const seat = room.kept?.seat;
    const who = seat?.who;
    this.element = h(
      "div.exam-card.wait",
      null,
      h("p.eyebrow", null, words.waitTitle),
      h("h1", null, seat?.exam.title ?? ""),
      h("p.wait-who", null, h("b", null, who?.name ?? ""), ` ${who?.delegation ?? ""}`),
      h("p.muted", null, seatText(words, who?.site, who?.seat), " · ", words.personPlain, h("span.num", null, who?.number ?? "")),
      h("div.wait-clock", null, this.word, this.left, this.when),
      h("p.wait-hint", null, words.waitHint),
      h("h2", null, words.checks),
      this.list,
    );
  }

  update(): void {
    const { room, words } = this;
    const seat = room.kept?.seat;
    if (!seat) return;
    const wait = seat.exam.opens_at - room.clock.now();
    say(this.word, wait > 0 ? words.untilOpen : words.opening);
    say(this.left, wait > 0 ? clockText(wait) : "0:00");
    say(this.when, `${words.opensAt} ${dayClock(seat.exam.opens_at)} · ${fill(words.handInAt, dayClock(seat.deadline))}`);
    this.checks();
  }

  private checks(): void {
    const { room, words } = this;
    const { checks } = room.door;
    const up = (room.outbox?.downSince ?? null) === null;
    const doubt = room.clock.known ? Math.max(1, Math.round(room.clock.doubt)) : null;
    const rows: [GlyphName, string, string, string][] = [
      up
        ? ["ok", "k-ok", words.checkNet, checks.trip === null ? "" : fill(words.trip, checks.trip)]
        : ["late", "k-warn", words.checkNetBad, ""],
      doubt === null ? ["todo", "k-idle", words.checkClock, ""] : ["ok", "k-ok", words.checkClock, fill(words.clockDoubt, doubt)],
      checks.lasting ? ["ok", "k-ok", words.checkStore, ""] : ["warn", "k-warn", words.checkStoreBad, ""],
      checks.secret ? ["ok", "k-ok", words.checkSecret, ""] : ["warn", "k-warn", words.checkSecretNo, ""],
    ];
    if (checks.secret)
      rows.push(checks.sealed === "here" ? ["ok", "k-ok", words.checkPaper, ""] : ["half", "k-act", words.checkPaperWait, ""]);
    const key = JSON.stringify(rows);
    if (key === this.lastChecks) return;
    this.lastChecks = key;
    replace(
      this.list,
      ...rows.map(([shape, tone, text, note]) =>
        h("li", { class: tone }, glyph(shape), h("span", null, text), note ? h("small.muted.num", null, note) : null),
      ),
    );
  }
}

export function seatText(words: Words, site: string | undefined, seat: number | string | undefined): string {
  if (!site) return "";
  return seat === undefined || seat === "" ? site : fill(words.seat, site, seat);
}
