/** The hall's screen: `<div id="stage-hall" data-most="2" data-note="…">`; read from thirty metres. */

import "../../../styles/stage.css";
import { h, mark, replace, say } from "../../lib/dom";
import { fill } from "../../lib/lane";
import type { Outcome, SeatView, StageView } from "../../lib/stage";
import { Drum, left } from "./drum";
import { memberText, nameOf } from "./face";
import type { Ear, Link, StageLine } from "./line";
import { mount } from "./mount";
import { classed, closeNames, closeText, life, options, places, rightLetters, stripOf, tagOf } from "./parts";
import { Sounds } from "./sounds";
import { typeName, type Words } from "./words";

const SIZES = ["xl", "l", "m", "s", "xs"] as const;
/** A name of more letters takes two lines of a tile. */
const LONG = 5;

class Hall implements Ear {
  private line: StageLine | null = null;
  private readonly drum = new Drum("drum hall-drum", 30);
  private readonly clock = h("div.hall-clock");
  private readonly box = h("section.hall", { "aria-live": "off" });
  private readonly bar = h("p.hall-bar", { role: "status", hidden: true });
  private readonly sounds = new Sounds();
  private readonly units: Readonly<Record<string, string>>;
  private last: StageView | null = null;
  private rest = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly words: Words,
  ) {
    this.units = JSON.parse(root.dataset["units"] ?? "{}") as Record<string, string>;
    this.clock.append(this.drum.svg);
    replace(root, this.box, this.bar, this.tools());
  }

  take(line: StageLine): void {
    this.line = line;
  }

  link(link: Link, text = ""): void {
    this.bar.hidden = link !== "broken" && link !== "ended";
    this.root.classList.toggle("cut", !this.bar.hidden); // the scores make room for the bar
    say(this.bar, link === "ended" ? text : this.words.broken);
  }

  view(view: StageView): void {
    this.sounds.hear(this.last, view);
    this.last = view;
    const show = view.screen.show;
    const body = show === "black" ? [rehearsal(view, this.words)] : show === "cover" ? this.cover(view) : show === "order" ? this.order(view) : this.play(view, show);
    const long = view.seats.some((seat) => seat.name.length > LONG) ? " hall-long" : "";
    const strip = view.screen.strip ? " has-strip" : "";
    this.box.className = `hall shows-${show} hall-n${Math.min(12, view.seats.length)}${long}${strip}`;
    replace(this.box, ...body);
    this.fit();
    this.tick(this.line?.now() ?? view.now);
  }

  tick(now: number): void {
    const rest = left(this.last?.clock ?? null, now);
    this.clock.hidden = rest === null;
    if (this.rest > 0 && rest?.seconds === 0) this.sounds.ring();
    this.rest = rest?.seconds ?? 0;
    if (!rest) return;
    this.drum.burn(rest.share);
    this.drum.say(String(rest.seconds));
  }

  /** Two small buttons for whoever sets the screen up; they vanish with the mouse. */
  private tools(): HTMLElement {
    const sound = h("button.btn", { type: "button", "aria-pressed": "false" }, this.words.sound);
    sound.addEventListener("click", (event) => {
      if (event.detail > 0) sound.blur(); // clicked with the mouse: with the focus it would stay in sight
      const on = this.sounds.toggle();
      sound.setAttribute("aria-pressed", String(on));
      say(sound, on ? this.words.soundOn : this.words.sound);
    });
    const full = h("button.btn", { type: "button" }, this.words.full);
    full.addEventListener("click", () => {
      void (document.documentElement as { requestFullscreen?: () => Promise<void> }).requestFullscreen?.();
    });
    return h("div.hall-tools", null, sound, full);
  }

  private head(view: StageView): HTMLElement {
    const segment = view.segment;
    const place =
      segment && segment.number > 0
        ? h("span.q.num", null, ...around(this.words.place, String(segment.number)), segment.questions ? h("small", null, `/ ${segment.questions}`) : null)
        : null;
    const title = [view.match.title, segment?.title].filter(Boolean).join(" · ");
    return h("header", null, mark(), h("h1", null, title), h("p", null, this.root.dataset["note"] ?? ""), rehearsal(view, this.words), place);
  }

  private cover(view: StageView): Node[] {
    return [h("div.hall-cover.hall-whole", null, mark(), h("h1", null, view.match.title), h("p", null, view.match.event), rehearsal(view, this.words), h("p.muted", null, this.words.coverNote)), ...this.overlay(view)];
  }

  private order(view: StageView): Node[] {
    const rows = places(view).map(([place, seat]) =>
      h("li", classed("rank", seat.out !== "" && "out"), h("b.num", null, place), h("span.n.num", null, seat.seat), h("span.nm", null, seat.name), h("small", null, this.units[seat.seat] ?? ""), h("b.sc.num", null, seat.score)),
    );
    return [this.head(view), h("div.hall-order", null, h("h2", null, this.words.orderTitle), h("ol", null, ...rows)), ...this.overlay(view)];
  }

  private play(view: StageView, show: string): Node[] {
    const ask = show === "scores" ? null : this.ask(view);
    return [this.head(view), ask ?? this.between(view), h("div.hall-third", null, this.named(view) ?? this.who(view)), this.teams(view)];
  }

  /** No question is on stage: what is played, and how it stands. */
  private between(view: StageView): HTMLElement {
    const words = { ready: this.words.coverNote, running: this.words.standing, paused: this.words.paused, closed: this.words.closed };
    return h("div.hall-cover", null, h("h1", null, view.segment?.title ?? view.match.title), h("p", null, words[view.match.state]));
  }

  private ask(view: StageView): HTMLElement | null {
    const question = view.question;
    if (!question?.text) return this.turn(view);
    const letters = question.key ? rightLetters(question.key.key) : [];
    const answer = question.key && letters.length === 0 ? h("p.hall-answer", null, `${this.words.answerIs}：${question.key.answer}`) : null;
    const stake = question.stake ? fill(this.words.stake, question.stake) : "";
    const kind = [typeName(question.text.type, this.words), stake].filter(Boolean).join(" · ");
    const left_ = h("div.ask-text", null, h("p.kind", null, kind), h("h2", null, question.text.stem), options(question.text, letters), answer);
    return h("div", classed("ask", "ask-xl"), left_, h("aside", null, this.clock));
  }

  private turn(view: StageView): HTMLElement | null {
    if (!view.question || view.question.turn.length === 0) return null;
    return h("div.ask.ask-xl", null, h("div"), h("aside", null, this.clock));
  }

  /** A question that is longer than its place is set smaller, step by step. */
  private fit(): void {
    const ask = this.box.querySelector<HTMLElement>(".ask");
    const text = ask?.querySelector<HTMLElement>(".ask-text");
    if (!ask || !text) return;
    for (const size of SIZES) {
      ask.className = `ask ask-${size}`;
      if (text.scrollHeight <= text.clientHeight + 1) return;
    }
  }

  /** The lower third that the host has set: a judge, a guest. */
  private named(view: StageView): HTMLElement | null {
    const [name, note] = stripOf(view.screen.strip);
    return name ? h("p.hall-strip", null, h("span", null, h("b.nm", null, name), h("small", null, note))) : null;
  }

  /** The same where no question stands: over the picture, at its foot. */
  private overlay(view: StageView): HTMLElement[] {
    const named = this.named(view);
    return named ? [h("div.hall-third.over", null, named)] : [];
  }

  /** The lower third by itself: who answers, with number, name and unit. */
  private who(view: StageView): HTMLElement | null {
    const question = view.question;
    if (!question) return null;
    if (question.phase === "close") return h("p.hall-strip.turn", null, h("span", null, h("b.nm", null, this.words.close), h("small", null, closeNames(view))), h("small.say", null, this.words.closeRuling));
    if (question.outcome === "replaced") return h("p.hall-strip", null, h("span", null, h("b.nm", null, this.words.replaced), h("small", null, closeText(view, this.words))));
    const first = question.turn[0] ?? answered(view);
    if (first === undefined || question.turn.length > 1) return null;
    const pressed = (question.presses?.length ?? 0) > 0;
    const name = h("span", null, h("b.nm", null, nameOf(view, first)), h("small", null, [memberText(view, this.words), this.units[first]].filter(Boolean).join(" · ")));
    return h("p.hall-strip.turn", null, h("b.n.num", null, first), name, h("small.say", null, this.saying(question.outcome, pressed, question.close !== undefined)));
  }

  private saying(outcome: Outcome, pressed: boolean, close: boolean): string {
    if (outcome === "right" || outcome === "failed") return this.words[outcome];
    return outcome ? "" : close ? this.words.closeEqual : pressed ? this.words.gotIt : this.words.hasTurn;
  }

  private teams(view: StageView): HTMLElement {
    const most = Number(this.root.dataset["most"] ?? 0);
    return h("ol.teams", null, ...view.seats.map((seat) => this.team(view, seat, most)));
  }

  private team(view: StageView, seat: SeatView, most: number): HTMLElement {
    const gone = seat.state === "out" || seat.state === "stopped";
    const tag = tagOf(view, seat, this.words);
    return h(
      "li",
      classed(seat.state === "answers" && "now", gone && "out", seat.state === "right" && "right", seat.state === "failed" && "failed"),
      h("div.hd", null, h("span.n.num", null, seat.seat), tag ? h("span.tag", null, tag) : null),
      h("b.nm", null, seat.name),
      h("div.sc", null, h("b.num", null, seat.score), most > 0 || seat.wrong > 0 ? life(seat.wrong, most, this.words) : null),
    );
  }
}

/** Whose answer ended the question: of several who failed, the one who pressed last. */
function answered(view: StageView): string | undefined {
  const outcome = view.question?.outcome;
  if (outcome !== "right" && outcome !== "failed") return undefined;
  const seats = view.seats.filter((one) => one.state === outcome).map((one) => one.seat);
  const pressed = (view.question?.presses ?? []).map((one) => one.seat).filter((one) => seats.includes(one));
  return pressed[pressed.length - 1] ?? (seats.length === 1 ? seats[0] : undefined);
}

function rehearsal(view: StageView, words: Words): HTMLElement | null {
  return view.match.rehearsal ? h("span.hall-rehearsal", null, words.rehearsal) : null;
}

/** "第%1题" with its figure set apart. */
function around(text: string, figure: string): (string | HTMLElement)[] {
  const [before = "", after = ""] = text.split("%1");
  return [before, h("b", null, figure), after];
}

mount("hall", (root, words) => new Hall(root, words));
