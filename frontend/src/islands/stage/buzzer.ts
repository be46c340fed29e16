/** One seat's buzzer: its drum, what it says, and how it is hit. A page holds one, or several beside one another. */

import { glyph, h, replace, say } from "../../lib/dom";
import { fill } from "../../lib/lane";
import type { StageView } from "../../lib/stage";
import { Drum, left } from "./drum";
import { faceOf, goneFace, nameOf, type Face, type Look } from "./face";
import type { Ear, Link, Pressed, StageLine } from "./line";
import { placeOf } from "./mount";
import { modeOf } from "./parts";
import type { Words } from "./words";

const NAILS = 36;
const SHAKES: Readonly<Partial<Record<Look, readonly number[]>>> = { open: [220], won: [70, 60, 70], lost: [60], out: [60, 60, 60, 60, 60] };
const GLYPHS = { wait: "todo", open: "live", sent: "half", won: "ok", lost: "half", out: "late" } as const;

export class Buzzer implements Ear {
  readonly box: HTMLElement;
  private line: StageLine | null = null;
  private pressed: Pressed | "sending" | null = null;
  private shown: Look | null = null;
  private face: Face | null = null;
  private readonly drum = new Drum("drum wait", NAILS);
  private readonly number = h("b.num");
  private readonly name = h("span");
  private readonly place = h("small");
  private readonly score = h("b.num");
  private readonly title = h("span");
  private readonly sign = h("i.buz-sign");
  private readonly note = h("p");
  private readonly button: HTMLButtonElement;
  private readonly foot = h("span");
  private readonly bar = h("p.buz-bar", { role: "status", hidden: true });

  /** `ended`: what is to be done when the stage lets this seat go; the page says how to come back. */
  constructor(
    private readonly words: Words,
    private readonly ended: () => void,
  ) {
    this.button = h("button.buz-hit", { type: "button", "aria-label": words.buzz });
    this.button.append(this.drum.svg);
    const pad = h("div.pad", null, this.button);
    this.box = h(
      "section.buz",
      null,
      h("header", null, this.number, h("div", null, this.name, this.place), h("div.score", null, this.score, h("small", null, words.points))),
      this.bar,
      h("div.msg", { role: "status" }, h("h1", null, this.sign, this.title), this.note),
      pad,
      h("footer", null, glyph("live"), this.foot),
    );
    // pointerdown, not click: a click waits until the finger is lifted; beside the drum counts as well
    pad.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.hit(event);
    });
    this.link("linking");
  }

  take(line: StageLine): void {
    this.line = line;
  }

  view(view: StageView): void {
    const q = view.question?.q ?? 0;
    // what is logged stands in the view from now on; that it was early is told until the next question
    if (this.pressed !== null && this.pressed !== "sending" && (this.pressed.state !== "early" || (q !== 0 && this.pressed.q !== q))) this.pressed = null;
    if (this.pressed === "sending" && view.me?.state !== "may" && view.me?.state !== "wait") this.pressed = null;
    this.draw(view);
  }

  press(pressed: Pressed): void {
    this.pressed = pressed;
    if (this.line?.view) this.draw(this.line.view);
  }

  link(link: Link, text = ""): void {
    this.box.classList.toggle("cut", link === "broken" || link === "ended");
    this.bar.hidden = link !== "broken";
    say(this.bar, `${this.words.broken}。${this.words.brokenNote}`);
    if (link === "ended") {
      this.show(goneFace(text, this.words));
      this.ended();
    }
    this.tick(0);
  }

  tick(now: number): void {
    const line = this.line;
    if (!line || line.link !== "linked") say(this.foot, line?.link === "broken" ? this.words.broken : line?.link === "ended" ? this.words.gone : this.words.linking);
    else {
      const figures = line.trip > 0 ? [fill(this.words.trip, ms(line.trip)), fill(this.words.doubt, ms(line.doubt))] : [];
      say(this.foot, [this.words.linked, ...figures, line.view ? modeOf(line.view, this.words) : ""].filter(Boolean).join(" · "));
    }
    if (!this.face?.counts || !line?.view) return;
    const rest = left(line.view.clock, now);
    this.drum.burn(rest?.share ?? 1);
    this.drum.say(rest ? String(rest.seconds) : this.face.word, rest ? this.face.small : "");
  }

  hit(event: Event): void {
    const line = this.line;
    if (!line?.view || !this.face?.live) return;
    const now = performance.now();
    const stamp = event.timeStamp; // when the finger came down, not when this script had time
    if (line.press(stamp > now - 250 && stamp <= now ? stamp : now)) {
      this.pressed = "sending";
      this.draw(line.view);
    }
  }

  private draw(view: StageView): void {
    const seat = view.me?.seat ?? "";
    say(this.number, seat);
    say(this.name, nameOf(view, seat));
    say(this.place, [view.match.rehearsal ? this.words.rehearsal : "", placeOf(view, this.words.place, this.words.placeOf)].filter(Boolean).join(" · "));
    say(this.score, view.seats.find((one) => one.seat === seat)?.score ?? "");
    this.show(faceOf(view, this.pressed, this.words));
    this.tick(this.line?.now() ?? view.now);
  }

  private show(face: Face): void {
    this.face = face;
    this.box.className = `buz k-${face.kind} b-${face.look}${this.box.classList.contains("cut") ? " cut" : ""}`;
    replace(this.sign, glyph(GLYPHS[face.look]));
    say(this.title, face.title);
    say(this.note, face.note);
    this.drum.look(`drum ${face.look}`);
    if (!face.counts) {
      this.drum.burn(face.look === "wait" ? 0 : 1);
      this.drum.say(face.word, face.small);
    }
    this.button.setAttribute("aria-disabled", String(!face.live));
    if (face.look !== this.shown) this.shake(face.look);
    this.shown = face.look;
  }

  private shake(look: Look): void {
    const pattern = SHAKES[look];
    if (this.shown !== null && pattern) (navigator as { vibrate?: (pattern: number[]) => boolean }).vibrate?.(pattern.slice());
  }
}

const ms = (microseconds: number): string => String(Math.max(1, Math.round(microseconds / 1000)));
