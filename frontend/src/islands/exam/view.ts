/** Puts the views together and keeps them true; asks the room, never the lane. */

import { dayClock } from "../../lib/clock";
import { closeDialog, openDialog } from "../../lib/dialog";
import { h, icon, replace, say } from "../../lib/dom";
import type { Kept } from "./journal";
import { watchKeys } from "./keys";
import { tally } from "./palette";
import type { Over, Phase, Room } from "./room";
import { fill, type Words } from "./text";
import { doneView } from "./view_done";
import { enterView } from "./view_enter";
import { HandInView } from "./view_handin";
import { PaletteView } from "./view_palette";
import { announce, QuestionView } from "./view_question";
import { Notices, TopView } from "./view_top";
import { WaitView } from "./view_wait";

interface Desk {
  readonly top: TopView;
  readonly question: QuestionView;
  readonly palette: PaletteView;
  readonly handIn: HandInView;
  readonly flag: HTMLButtonElement;
  readonly count: HTMLElement;
  readonly steps: readonly [HTMLButtonElement, HTMLButtonElement];
  readonly frame: HTMLElement;
}

export class View {
  private readonly live = h("div.sr", { "aria-live": "polite" });
  private readonly stage = h("div.exam-stage");
  private readonly over = h("div.lt-dialog", { hidden: true, "data-lt-must": true });
  private readonly notices = new Notices();
  private shownPhase: Phase | null = null;
  private shownOver: Over = "none";
  private doneKey = "";
  private wait: WaitView | null = null;
  private desk: Desk | null = null;
  private spoken = 0;

  constructor(
    root: HTMLElement,
    private readonly room: Room,
    private readonly words: Words,
    private readonly home: string,
    private readonly remembered: { kept: Kept | null; code: string },
  ) {
    replace(root, this.stage, this.notices.element, this.live, this.over);
    watchKeys({
      active: () => room.phase === "answer" && room.over === "none",
      letter: (letter) => {
        this.render(); // the letter belongs to the question that was moved to, drawn or not
        this.desk?.question.choose(letter);
      },
      flag: () => room.kept && room.toggleFlag(room.kept.current),
      step: (by) => room.step(by),
      jump: (n) => room.go(n),
      escape: () => this.desk?.palette.shut(),
    });
  }

  render(): void {
    const { room } = this;
    document.body.classList.toggle("examroom", room.phase === "answer" || room.phase === "flush");
    if (room.phase !== this.shownPhase) this.turn(room.phase);
    if (room.phase === "wait") this.wait?.update();
    if (room.phase === "answer" || room.phase === "flush") this.update();
    if (room.phase === "done") this.done();
    this.layOver();
    this.tell();
  }

  /** Clocks only. */
  tick(): void {
    this.wait?.update();
    this.desk?.top.update();
    this.remind();
  }

  private turn(phase: Phase): void {
    const was = this.shownPhase;
    this.shownPhase = phase;
    if (phase === "enter") this.enter("");
    if (phase === "wait") {
      this.wait = new WaitView(this.room, this.words);
      replace(this.stage, this.wait.element);
    } else this.wait = null;
    if ((phase === "answer" || phase === "flush") && !this.desk) this.build();
    if (phase === "done") {
      this.desk?.handIn.shut();
      this.desk = null;
      this.doneKey = "";
      this.notices.clear();
    }
    if (phase === "answer" && was === "wait") this.desk?.question.heading.focus();
  }

  private enter(why: string): void {
    const ports = { enter: (code: string) => this.room.enter(code), reopen: (kept: Kept) => this.room.reopen(kept) };
    replace(this.stage, enterView(this.words, ports, this.remembered.kept, this.remembered.code, why));
  }

  private done(): void {
    const { kept, outbox } = this.room;
    const key = [kept?.receipt?.number, kept?.seat.state, kept?.seq, outbox?.unsent.length, outbox?.lateCount, outbox?.refusedCount].join();
    if (key === this.doneKey) return;
    const first = this.doneKey === "";
    this.doneKey = key;
    replace(this.stage, doneView(this.room, this.words, this.home));
    if (first) this.stage.querySelector("h1")?.focus();
  }

  private build(): void {
    const { room, words } = this;
    const { paper } = room;
    if (!paper) return;
    const go = (n: number): void => {
      room.go(n);
      this.desk?.question.heading.focus();
    };
    const handIn = new HandInView(room, words, go);
    const question = new QuestionView(paper, words, {
      answerOf: (n) => room.outbox?.answerOf(n) ?? "",
      stateOf: (n) => room.outbox?.stateOf(n) ?? "todo",
      answer: (n, a) => void room.answer(n, a),
      locked: () => room.phase !== "answer" || room.over !== "none",
    });
    const palette = new PaletteView(words, go);
    const count = h("span.num");
    const step = (by: 1 | -1): EventListener => (() => room.step(by));
    const back = h("button.btn.btn-lg", { type: "button", onclick: step(-1) }, icon("left"), words.previous);
    const next = h("button.btn.btn-primary.btn-lg", { type: "button", onclick: step(1) }, words.next, icon("right"));
    const toggle = (() => room.kept && room.toggleFlag(room.kept.current)) as EventListener;
    const flag = h("button.btn.btn-lg.mid", { type: "button", "aria-pressed": "false", onclick: toggle });
    const open = h("button.btn.btn-lg.open", { type: "button" }, icon("grid"), words.palette, count);
    open.addEventListener("click", () => palette.open(open));
    const top = new TopView(room, words, () => {
      question.commitTyping();
      handIn.open();
    });
    const body = h("div.exam", null, h("div.exam-paper", null, question.element), palette.element);
    body.addEventListener("click", (event) => {
      if (event.target === body) palette.shut();
    });
    const frame = h("div.exam-frame", null, top.element, top.banner, body, h("footer.exam-foot", null, back, flag, open, next));
    this.desk = { top, question, palette, handIn, flag, count, steps: [back, next], frame };
    replace(this.stage, frame, handIn.element);
    if (room.door.degraded) this.notices.tell(words.degraded, "k-warn");
    if (!room.journal.lasting) this.notices.tell(words.notLasting, "k-warn", 60_000);
  }

  private update(): void {
    const { desk, room, words } = this;
    const source = room.palette();
    if (!desk || !source || !room.kept) return;
    const { current } = room.kept;
    const before = desk.question.item?.n;
    desk.top.update();
    desk.question.show(current);
    if (before !== current) announce(this.live, desk.question.item, words);
    desk.palette.update(source);
    desk.handIn.update();
    const counted = tally(source);
    say(desk.count, `${counted.answered}/${counted.total}`);
    const flagged = source.flags.has(current);
    if (desk.flag.getAttribute("aria-pressed") !== String(flagged) || !desk.flag.firstChild) {
      desk.flag.setAttribute("aria-pressed", String(flagged));
      replace(desk.flag, icon("flag"), h("b", null, flagged ? words.unmark : words.mark, flagged ? null : h("span", null, words.markTail)));
    }
    const items = source.paper.items;
    desk.steps[0].disabled = items[0]?.n === current;
    desk.steps[1].disabled = items[items.length - 1]?.n === current;
    desk.frame.classList.toggle("locked", room.phase === "flush");
    if (room.phase === "flush") desk.handIn.shut();
  }

  private layOver(): void {
    const { room, words } = this;
    const over: Over = room.over;
    if (over === this.shownOver) return;
    this.shownOver = over;
    closeDialog(this.over);
    if (over === "none") return;
    if (over === "ticket") {
      this.toEntry(room.trouble || words.ticketTitle);
      return;
    }
    const texts: Record<"taken" | "tab" | "broken", [string, string, string]> = {
      taken: [words.takenTitle, words.takenText, words.takeBack],
      tab: [words.tabTitle, words.tabText, words.tabHere],
      broken: [words.brokenTitle, `${words.brokenText}${room.trouble ? ` (${room.trouble})` : ""}`, words.again],
    };
    const [title, text, act] = texts[over];
    const again = (() => (over === "broken" ? location.reload() : void room.takeBack().catch(() => undefined))) as EventListener;
    const other = (() => {
      closeDialog(this.over);
      this.toEntry("");
    }) as EventListener;
    replace(
      this.over,
      h(
        "div.box",
        { role: "alertdialog", "aria-modal": "true", "aria-labelledby": "over-title", tabindex: "-1" },
        h("h2", { id: "over-title" }, title),
        h("p.muted", null, text),
        h(
          "div.acts-row",
          null,
          over === "taken" ? h("button.btn.btn-lg", { type: "button", onclick: other }, words.otherCode) : null,
          h("button.btn.btn-primary.btn-lg", { type: "button", onclick: again }, act),
        ),
      ),
    );
    openDialog(this.over);
  }

  private toEntry(why: string): void {
    this.room.phase = "enter";
    this.room.over = "none";
    this.shownOver = "none";
    this.desk = null;
    this.shownPhase = "enter";
    this.enter(why);
  }

  /** What changed without the contestant: an extension, an answer given elsewhere. */
  private tell(): void {
    const { room, words } = this;
    if (room.moved !== null) {
      const minutes = Math.round(room.moved * 10) / 10;
      const until = dayClock(room.deadline);
      this.notices.tell(minutes > 0 ? fill(words.extended, minutes, until) : fill(words.shortened, until), "k-act", 20_000);
      room.moved = null;
    }
    const overruled = room.outbox?.overruled ?? [];
    if (room.outbox && overruled.length > 0) {
      this.notices.tell(fill(words.overruled, overruled.join(words.listComma)), "k-warn", 30_000);
      room.outbox.overruled = [];
    }
  }

  private remind(): void {
    if (this.room.phase !== "answer") return;
    const minutes = this.room.left / 60_000;
    const due = minutes <= 1 ? 1 : minutes <= 5 ? 5 : minutes <= 10 ? 10 : 0;
    const whole = (this.room.kept ? this.room.deadline - this.room.kept.seat.exam.opens_at : 0) / 60_000;
    if (due === 0 || due === this.spoken || whole <= due) return;
    this.spoken = due;
    say(this.live, due === 1 ? this.words.remain1 : due === 5 ? this.words.remain5 : this.words.remain10);
  }
}
