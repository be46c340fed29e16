/** A set, one question at a time: answers go to the journal as they are given, times run only while the page is seen. */

import { h, replace, say } from "../../lib/dom";
import { fill } from "../../lib/lane";
import type { Journal, Kept } from "./journal";
import { isAnswered, type Answer, type Question } from "./model";
import { QuestionView } from "./question";
import type { Words } from "./text";

export interface PlayerPorts {
  readonly words: Words;
  readonly journal: Pick<Journal, "keep">;
  readonly leave: () => void;
  readonly handIn: (kept: Kept) => void;
  readonly now?: () => number;
  readonly mono?: () => number;
}

export class Player {
  readonly element = h("form.player", { "aria-labelledby": "player-place", novalidate: true });
  private readonly heading = h("h2", { id: "player-place", tabindex: "-1" });
  private readonly bar = h("span");
  private readonly body = h("div");
  private readonly main = h("button.btn.btn-primary", { type: "submit" });
  private readonly back: HTMLButtonElement;
  private readonly spent = new Map<number, number>();
  private view: QuestionView | null = null;
  private since = 0;
  private sure = false;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly kept: Kept,
    private readonly ports: PlayerPorts,
  ) {
    const { words } = ports;
    this.back = h("button.btn", { type: "button", onclick: (() => this.show(kept.current - 1)) as EventListener }, words.back);
    const leave = h("button.btn.btn-ghost", { type: "button", onclick: (() => this.leave()) as EventListener }, words.leave);
    for (const [n, row] of Object.entries(kept.rows)) this.spent.set(Number(n), row.ms);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.onward();
    });
    this.element.append(
      h("div.player-top", null, this.heading, leave),
      h("div.player-bar", { "aria-hidden": "true" }, this.bar),
      this.body,
      h("div.player-foot", null, this.back, this.main),
    );
  }

  start(): void {
    document.addEventListener("visibilitychange", this.seen);
    window.addEventListener("pagehide", this.seen);
    if (!this.kept.began) this.kept.began = this.now();
    this.show(Math.min(this.kept.current, this.questions.length));
  }

  stop(): void {
    this.settleTime();
    document.removeEventListener("visibilitychange", this.seen);
    window.removeEventListener("pagehide", this.seen);
  }

  /** Everything given so far is on the disk. */
  saved(): Promise<void> {
    return this.saving;
  }

  private get questions(): readonly Question[] {
    return this.kept.given.questions;
  }

  private get question(): Question {
    return this.questions[this.kept.current - 1]!;
  }

  private get atOnce(): boolean {
    return this.kept.given.answers === "at-once";
  }

  private show(place: number): void {
    this.settleTime();
    this.sure = false;
    this.kept.current = place;
    const { question, kept } = this;
    const { words } = this.ports;
    const row = kept.rows[question.n];
    this.view = new QuestionView(question, words, row?.a, (a) => this.take(a));
    this.since = this.mono();
    say(this.heading, fill(words.place, place, this.questions.length));
    this.bar.style.width = `${Math.round((100 * place) / this.questions.length)}%`;
    const kind = h("p.player-kind", null, words[question.type], question.module ? h("span", null, question.module) : null);
    replace(this.body, kind, this.view.element, this.view.verdict);
    if (row?.fixed) this.view.reveal(row.a);
    this.update();
    this.save();
    this.heading.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "start" });
  }

  private take(a: Answer): void {
    this.settleTime();
    const { n } = this.question;
    this.kept.rows[n] = { a, ms: Math.round(this.spent.get(n) ?? 0), fixed: false };
    if (this.view && !this.sure) this.view.verdict.textContent = "";
    this.save();
  }

  private update(): void {
    const { kept, questions } = this;
    const { words } = this.ports;
    const last = kept.current === questions.length;
    const fixed = kept.rows[this.question.n]?.fixed === true;
    say(this.main, this.atOnce && !fixed ? words.check : last ? (this.sure ? words.handInAnyway : words.handIn) : words.next);
    this.back.disabled = kept.current === 1;
  }

  /** The big button: check, then the next one, and after the last the hand-in. */
  private onward(): void {
    this.settleTime();
    const { kept, question } = this;
    const row = kept.rows[question.n];
    if (this.atOnce && !row?.fixed) {
      if (!row || !isAnswered(row.a)) {
        this.tell(this.ports.words.needAnswer);
        this.view?.focusFirst();
        return;
      }
      kept.rows[question.n] = { ...row, ms: Math.round(this.spent.get(question.n) ?? 0), fixed: true };
      this.view?.reveal(row.a);
      this.update();
      this.save();
    } else if (kept.current < this.questions.length) this.show(kept.current + 1);
    else this.finish();
  }

  private finish(): void {
    const { kept } = this;
    const { words } = this.ports;
    const open = this.questions.filter((one) => !isAnswered(kept.rows[one.n]?.a)).map((one) => one.n);
    if (open.length > 0 && !this.sure) {
      this.sure = true;
      this.tell(fill(words.openQuestions, open.length, open.join(words.listComma)));
      this.update();
      return;
    }
    this.stop();
    kept.ended = this.now();
    this.ports.handIn(kept);
  }

  private leave(): void {
    this.stop();
    this.save();
    void this.saving.then(() => this.ports.leave());
  }

  private tell(text: string): void {
    if (this.view) replace(this.view.verdict, h("p.player-mark.k-warn", null, text));
  }

  private readonly seen = (): void => {
    if (document.visibilityState === "hidden") {
      this.settleTime();
      this.save();
    }
    this.since = this.mono();
  };

  /** Adds the time since the question was shown, unless it is checked already. */
  private settleTime(): void {
    if (!this.view) return;
    const { n } = this.question;
    const now = this.mono();
    const row = this.kept.rows[n];
    if (!row?.fixed) {
      const whole = (this.spent.get(n) ?? 0) + Math.max(0, now - this.since);
      this.spent.set(n, whole);
      if (row) this.kept.rows[n] = { ...row, ms: Math.round(whole) };
    }
    this.since = now;
  }

  private save(): void {
    const { kept } = this;
    const picture = { ...kept, rows: { ...kept.rows } };
    this.saving = this.saving.then(() => this.ports.journal.keep(picture)).catch(() => undefined);
  }

  private now(): number {
    return (this.ports.now ?? Date.now)();
  }

  private mono(): number {
    return (this.ports.mono ?? ((): number => performance.now()))();
  }
}
