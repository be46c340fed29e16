/**
 * The host's console: `<div id="stage-host" data-titles='{"segments":{…},"conduct":{…}}'>`. Big buttons,
 * one of them the next step; a keyboard or a clicker does the same. What the referee forbids it says why.
 */

import "../../../styles/stage.css";
import { glyph, h, icon, replace, say } from "../../lib/dom";
import { fill, pageLanguage } from "../../lib/lane";
import type { HallShow, Measured, MoveOf, SeatView, StageView } from "../../lib/stage";
import { left } from "./drum";
import type { Ear, Link, StageLine } from "./line";
import { manner } from "./manner";
import { mount, placeOf } from "./mount";
import { keyed, labelOf, loggedOf, moveWords, nextMove, nextQuestion, undoable, type Titles } from "./moves";
import { classed, closeText, life, options, rightLetters, tagOf } from "./parts";
import { isAllowed, judged, millis, modeBadges, noteText, pressList, VERDICTS } from "./desk";
import { deskWords } from "./desk_words";
import { typeName, type Words } from "./words";

const SHOWS: readonly HallShow[] = ["auto", "cover", "question", "scores", "order", "black"];
/** These stand under «more»: they end or undo something, or are rare. */
const RARE = new Set(["end", "close", "out", "penalty", "bonus", "audience", "lifeline", "pass"]);
const BESIDE = new Set([...RARE, "foul", "replace", "drop", "press", "verdict", "question", "read", "go", "open", "pause", "resume", "timeout", "first"]);
const ASKS = new Set(["close", "end", "drop", "replace", "out", "void"]);

type LogLine = MoveOf & { readonly seq: number };

class Host implements Ear {
  private line: StageLine | null = null;
  private seat = "";
  private turn = "";
  private sure: string | null = null;
  private testing = false;
  private beforeBlack: HallShow = "auto";
  private readonly talk = moveWords(pageLanguage());
  private readonly desk = deskWords(pageLanguage());
  private readonly titles: Titles;
  private readonly clock = h("b.host-clock.num");
  private readonly next = h("button.btn.btn-primary.host-next", { type: "button" });
  private readonly state = h("p.host-link", { role: "status" });
  private readonly told = h("p.host-told", { role: "alert", hidden: true });
  private readonly parts = {
    top: h("div.host-top"),
    ask: h("section.card.host-ask"),
    acts: h("div.host-acts"),
    seats: h("ol.host-seats"),
    more: h("div.host-more"),
    screen: h("div.host-screen", { role: "group" }),
    strip: h("form.host-strip"),
    log: h("ol.host-log"),
    net: h("div.host-net"),
  };

  constructor(
    root: HTMLElement,
    private readonly words: Words,
  ) {
    this.titles = JSON.parse(root.dataset["titles"] ?? '{"segments":{},"conduct":{}}') as Titles;
    const test = h("button.btn", { type: "button" }, this.desk.test);
    test.addEventListener("click", () => {
      this.line?.test(10);
      this.testing = true;
      say(this.parts.net, this.desk.testing);
    });
    replace(
      root,
      h(
        "div.host",
        null,
        h("div.host-head", null, this.parts.top, this.clock, this.state),
        this.told,
        h(
          "div.host-cols",
          null,
          h("div.host-main", null, this.parts.ask, h("div.host-do", null, this.next, this.parts.acts), this.parts.seats),
          h(
            "aside.host-side",
            null,
            h("section.card", null, h("div.card-header", null, h("h2", null, this.desk.screen)), h("div.card-body", null, this.parts.screen, this.parts.strip)),
            h("section.card", null, h("div.card-header", null, h("h2", null, this.desk.more)), h("div.card-body", null, this.parts.more)),
            h("section.card", null, h("div.card-header", null, h("h2", null, this.desk.log)), this.parts.log),
            h("section.card", null, h("div.card-header", null, h("h2", null, this.desk.net)), h("div.card-body", null, this.parts.net, test)),
          ),
        ),
      ),
    );
    this.strip();
    this.next.addEventListener("click", () => this.step());
    this.told.addEventListener("click", () => (this.told.hidden = true));
    document.addEventListener("keydown", (event) => this.key(event));
    this.link("linking");
  }

  take(line: StageLine): void {
    this.line = line;
  }

  link(link: Link, text = ""): void {
    const words = { linking: this.words.linking, linked: this.words.linked, broken: this.words.broken, ended: text };
    replace(this.state, glyph(link === "linked" ? "live" : "half"), words[link]);
    this.state.classList.toggle("bad", link === "broken" || link === "ended");
    if (link === "broken") this.untested();
  }

  refused(text: string, code = ""): void {
    if (code === "stage_testing") this.untested();
    this.tell(text);
  }

  private tell(text: string): void {
    this.told.hidden = false;
    say(this.told, text);
  }

  /** The test that was asked for brings no figures. */
  private untested(): void {
    if (this.testing) replace(this.parts.net);
    this.testing = false;
  }

  tested(seats: Readonly<Record<string, Measured>>): void {
    const rows = Object.entries(seats).map(([seat, one]) =>
      h("li", null, fill(this.desk.measured, seat, (one.p99 / 1000).toFixed(1), (one.median / 1000).toFixed(1), String(one.count))),
    );
    this.testing = false;
    replace(this.parts.net, h("ul", null, ...rows));
  }

  view(view: StageView): void {
    this.sure = null;
    this.before(view);
    this.follow(view);
    this.top(view);
    this.asked(view);
    this.screen(view);
    replace(this.parts.seats, ...view.seats.map((seat) => this.tile(view, seat)));
    this.acts(view);
    this.log(view);
    this.tick(this.line?.now() ?? view.now);
  }

  /** Who begins to answer is chosen; after that the host chooses, whatever else happens meanwhile. */
  private follow(view: StageView): void {
    const turn = (view.question?.turn ?? []).join();
    if (turn !== this.turn && view.question?.turn.length === 1) this.seat = turn;
    this.turn = turn;
  }

  tick(now: number): void {
    const view = this.line?.view;
    if (!view) return;
    const rest = left(view.clock, now);
    say(this.clock, rest ? String(rest.seconds) : "");
    this.clock.classList.toggle("over", rest?.seconds === 0);
    const move = nextMove(view, now);
    const label = move ? labelOf(move, view, this.talk, this.titles) : this.waiting(view);
    say(this.next, this.sure === "next" ? `${this.desk.again}${label}` : label);
    this.next.setAttribute("aria-disabled", String(move === null));
  }

  private waiting(view: StageView): string {
    if (view.match.state === "closed") return this.words.closed;
    const phase = view.question?.phase;
    if (view.host?.allowed.some((move) => move.kind === "choose")) return this.desk.pickStake;
    return phase === "answering" ? this.desk.judge : phase === "close" ? this.words.close : this.desk.waitPress;
  }

  private step(): void {
    const view = this.line?.view;
    if (!view) return;
    const move = nextMove(view, this.line?.now() ?? 0);
    if (!move && view.question?.phase === "open") this.tell(this.desk.waitHow);
    else if (!move) this.line?.why("question", "", nextQuestion(view));
    else if (ASKS.has(move.kind) && this.sure !== "next") this.sure = "next"; // a clicker ends no match by one slip
    else this.send(move);
  }

  private send(move: MoveOf): void {
    this.told.hidden = true;
    this.line?.move(move.kind, move.seat, move.value);
  }

  private key(event: KeyboardEvent): void {
    const view = this.line?.view;
    if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyed(event.key, event.target instanceof HTMLElement ? event.target : null);
    if (act === "") return;
    event.preventDefault();
    if (event.repeat) return; // a key held down is one press
    if (act === "next") this.step();
    else if (act === "back") this.back(view);
    else if (act === "black") this.line?.show({ show: view.screen.show === "black" ? this.beforeBlack : "black" });
    else if (act === "timeout") this.ask({ kind: "timeout", seat: "", value: "" }, view);
    else this.judge(act, view);
  }

  /** The clicker's «back» takes the last line back, when it is pressed a second time. */
  private back(view: StageView): void {
    const last = undoable(view);
    if (!last) this.tell(this.desk.undoNone);
    else if (this.sure === "back") this.send({ kind: "void", seat: "", value: String(last.seq) });
    else {
      this.sure = "back";
      this.tell(`${this.desk.again}${this.undoText(view, last)}`);
    }
  }

  private judge(verdict: string, view: StageView): void {
    const seat = judged(view, this.seat);
    if (!seat && (view.question?.turn.length ?? 0) > 1) this.tell(this.desk.pickJudged);
    else this.ask({ kind: "verdict", seat: seat || (view.seats[0]?.seat ?? ""), value: verdict }, view);
  }

  /** Makes a move that the rules allow now; of another the stage says why it cannot be made. */
  private ask(move: MoveOf, view: StageView): void {
    if (isAllowed(view, move)) this.send(move);
    else this.line?.why(move.kind, move.seat, move.value);
  }

  /** What the page says of a match that has not begun, or has no mode yet, is no more than that. */
  private before(view: StageView): void {
    const begun = view.match.state !== "ready";
    for (const one of document.querySelectorAll<HTMLElement>("[data-host-before]")) one.hidden = begun || (view.match.chosen && one.dataset["hostBefore"] === "mode");
  }

  private top(view: StageView): void {
    const replaced = view.question?.outcome === "replaced" ? this.words.replaced : "";
    const close = closeText(view, this.words);
    replace(
      this.parts.top,
      h("h1", null, view.match.title),
      h("p", null, [view.segment?.title, placeOf(view, this.words.place, this.words.placeOf)].filter(Boolean).join(" · ")),
      ...modeBadges(view, this.words, this.desk),
      view.match.rehearsal ? h("span.badge.k-warn", null, this.words.rehearsal) : null,
      replaced || close ? h("span.badge.k-warn", null, [replaced, close].filter(Boolean).join(" · ")) : null,
    );
  }

  private asked(view: StageView): void {
    const question = view.question;
    if (!question?.text) {
      replace(this.parts.ask, h("p.muted", null, question ? this.desk.noText : this.words.noQuestion), manner(view, this.desk), pressList(view, this.words, this.desk));
      return;
    }
    const key = question.key;
    replace(
      this.parts.ask,
      h("p.muted", null, [typeName(question.text.type, this.words), question.name ? fill(this.desk.item, question.name) : ""].filter(Boolean).join(" · ")),
      h("p.host-stem", null, question.text.stem),
      options(question.text, key ? rightLetters(key.key) : []),
      key ? h("p.host-key", null, icon("check"), `${this.words.answerIs}：${key.answer}`) : null,
      key?.explanation ? h("p.muted", null, key.explanation) : null,
      manner(view, this.desk),
      pressList(view, this.words, this.desk),
    );
  }

  private tile(view: StageView, seat: SeatView): HTMLElement {
    const net = view.host?.net[seat.seat];
    const choose = h("button.host-seat", { type: "button", "aria-pressed": String(this.seat === seat.seat) });
    choose.addEventListener("click", () => {
      this.seat = this.seat === seat.seat ? "" : seat.seat;
      if (this.line?.view) this.view(this.line.view);
    });
    choose.append(
      h("span.n.num", null, seat.seat),
      h("b.nm", null, seat.name),
      h("b.sc.num", null, seat.score),
      h("span.tag", null, seat.online || view.match.mode === "manual" ? tagOf(view, seat, this.words) : this.words.tagOffline),
      life(seat.wrong, 0, this.words),
      h(
        "small.num",
        null,
        [
          seat.fouls ? fill(this.words.foulCount, seat.fouls) : "",
          net?.online && net.rtt > 0 ? fill(this.desk.trip, millis(net.rtt)) : "",
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    );
    return h("li", classed(seat.state === "answers" && "now", seat.out !== "" && "out"), choose);
  }

  /** What stands here always stands in the same place; what the rules forbid now is grey, and says why when it is chosen. */
  private acts(view: StageView): void {
    const allowed = view.host?.allowed ?? [];
    const next = nextMove(view, this.line?.now() ?? view.now);
    const firsts = (view.host?.ruling ?? []).map((seat) => ({ kind: "first", seat, value: "" }));
    const flow = allowed.filter((move) => ["go", "read", "open"].includes(move.kind) && !(move.kind === next?.kind && move.value === next.value));
    const other = allowed.filter((move) => !BESIDE.has(move.kind) && (move.kind === "choose" || move.seat === "" || this.seat === "" || move.seat === this.seat));
    replace(
      this.parts.acts,
      ...firsts.map((move) => this.button(move, view)),
      ...VERDICTS.map((verdict) => this.verdict(verdict, view)),
      this.button({ kind: "timeout", seat: "", value: "" }, view),
      this.button({ kind: view.match.state === "paused" ? "resume" : "pause", seat: "", value: "" }, view),
      ...[...other.slice(0, 24), ...flow].map((move) => this.button(move, view)),
    );
    this.more(view, allowed);
  }

  private more(view: StageView, allowed: readonly MoveOf[]): void {
    const rare = allowed.filter((move) => RARE.has(move.kind) && (move.seat === "" || move.seat === this.seat));
    const back = undoable(view);
    const replaced = ["replace", "drop"].map((kind) => this.button({ kind, seat: "", value: "" }, view));
    replace(
      this.parts.more,
      this.seat ? null : h("p.muted", null, this.desk.pickSeat),
      ...replaced,
      this.seat ? this.button({ kind: "foul", seat: this.seat, value: "" }, view) : this.grey(this.talk.foul, () => this.tell(this.desk.pickSeat)),
      ...rare.map((move) => this.button(move, view)),
      back ? this.button({ kind: "void", seat: "", value: String(back.seq) }, view, this.undoText(view, back)) : this.grey(this.talk.undo, () => this.tell(this.desk.undoNone)),
    );
  }

  private verdict(verdict: string, view: StageView): HTMLElement {
    const move = { kind: "verdict", seat: judged(view, this.seat), value: verdict };
    if (isAllowed(view, move)) return this.button(move, view);
    return this.grey(labelOf(move, view, this.talk, this.titles), () => this.judge(verdict, view));
  }

  private grey(text: string, why: () => void): HTMLElement {
    const button = h("button.btn", { type: "button", "aria-disabled": "true" }, text);
    button.addEventListener("click", why);
    return button;
  }

  private undoText(view: StageView, line: LogLine): string {
    return `${this.talk.undo}：${fill(this.desk.entry, line.seq)} ${this.lineText(view, line)}`;
  }

  private button(move: MoveOf, view: StageView, label = labelOf(move, view, this.talk, this.titles)): HTMLElement {
    const id = `${move.kind} ${move.seat} ${move.value}`;
    const who = move.seat && ["verdict", "first", "out", "foul", "press", "pass", "lifeline", "penalty", "bonus", "choose"].includes(move.kind);
    const text = who && move.kind !== "verdict" ? `${fill(this.words.seatNo, move.seat)} ${label}` : label;
    if (move.kind !== "void" && move.kind !== "first" && !isAllowed(view, move)) return this.grey(text, () => this.ask(move, view));
    const kind = move.kind === "verdict" ? ({ right: "btn-primary", wrong: "btn-danger" }[move.value] ?? "") : "";
    const button = h("button.btn", { type: "button" }, text);
    if (kind) button.classList.add(kind);
    button.addEventListener("click", () => {
      if (ASKS.has(move.kind) && this.sure !== id) {
        this.sure = id;
        say(button, `${this.desk.again}${text}`);
        return;
      }
      this.send(move);
    });
    return button;
  }

  private screen(view: StageView): void {
    const names: Readonly<Record<HallShow, string>> = this.desk.shows;
    const buttons = SHOWS.map((show) => {
      const one = h("button.btn", { type: "button", "aria-pressed": String(view.screen.show === show) }, names[show]);
      one.addEventListener("click", () => this.line?.show({ show }));
      return one;
    });
    if (view.screen.show !== "black") this.beforeBlack = view.screen.show;
    const reveal = h("button.btn", { type: "button", "aria-pressed": String(view.screen.reveal), "aria-disabled": String(view.question?.phase !== "over") }, this.desk.reveal);
    reveal.addEventListener("click", () => this.line?.show({ reveal: !view.screen.reveal }));
    replace(this.parts.screen, ...buttons, reveal);
  }

  /** The lower third: made once, so that nothing typed is lost to the next view. */
  private strip(): void {
    const input = h("input.form-control", { id: "host-strip", type: "text", maxlength: "60", autocomplete: "off", "aria-describedby": "host-strip-hint" });
    const off = h("button.btn", { type: "button" }, this.desk.stripOff);
    off.addEventListener("click", () => this.line?.show({ strip: "" }));
    this.parts.strip.addEventListener("submit", (event) => {
      event.preventDefault();
      this.line?.show({ strip: input.value });
    });
    const hint = h("small.muted", { id: "host-strip-hint" }, this.desk.stripHint);
    replace(this.parts.strip, h("label.form-label", { for: "host-strip" }, this.desk.strip), input, h("button.btn", { type: "submit" }, this.desk.stripOn), off, hint);
  }

  private log(view: StageView): void {
    const lines = (view.host?.log ?? []).slice(-12).reverse();
    replace(this.parts.log, ...lines.map((line) => h("li", null, h("span.num", null, line.seq), ` ${this.lineText(view, line)}${line.by === "clock" && line.kind !== "note" ? this.desk.byRules : ""}`)));
  }

  private lineText(view: StageView, line: MoveOf): string {
    const label = line.kind === "void" ? `${this.talk.undo} ${line.value}` : line.kind === "correct" ? `${this.talk.rewrite} ${line.value}` : line.kind === "press" ? this.words.buzz : loggedOf(line, view, this.talk, this.titles);
    const mode = line.kind === "note" ? noteText(line.value, this.words, this.desk) : "";
    if (mode) return mode;
    const own = ["verdict", "open", "end", "close", "give", "choose", "out", "penalty", "bonus", "void", "correct"].includes(line.kind);
    return [line.seat ? fill(this.words.seatNo, line.seat) : "", label, own ? "" : line.value].filter(Boolean).join(" ");
  }
}

mount("host", (root, words) => new Host(root, words));
