/** The sheet's page, which works without this: drafts kept here and sent, the sum, what is missing, submitted once. */

import { dayClock } from "../../lib/clock";
import { glyph, h, replace, say, type GlyphName } from "../../lib/dom";
import { fill } from "../../lib/lane";
import { Boxes } from "./boxes";
import { keyOf, meet, met, writtenOn, type Change, type Draft, type Journal, type Kept, type Page, type Written } from "./journal";
import { Outbox, type Door } from "./outbox";
import { standingOf, type Standing } from "./rubric";
import type { Words } from "./words";

const REST = 800; // after the last stroke, in milliseconds

export interface SheetPorts {
  readonly journal: Journal;
  readonly door: Door;
  readonly words: Words;
}

export class Sheet {
  private readonly boxes: Boxes;
  private readonly outbox: Outbox;
  private readonly key: string;
  private readonly judge: string;
  private readonly event: number;
  private readonly slot: number;
  private readonly version: number;
  private readonly fate = h("span.lt-state", { role: "status" });
  private readonly sum = h("p.jud-sum");
  private readonly note = h("div.jud-note", { role: "alert" });
  private readonly button: HTMLButtonElement | null;
  private readonly label: string;
  private rev: number;
  private standing: Standing = { sum: "0", missing: [], wrong: [] };
  private writing: Promise<unknown> = Promise.resolve();
  private busy = false;
  private asking = false;
  /** what the page said of its draft before anything was written here */
  private before: HTMLElement | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly ports: SheetPorts,
  ) {
    this.judge = form.dataset["ltOf"] ?? "";
    this.event = Number(form.dataset["ltEvent"]);
    this.slot = Number(form.dataset["ltSlot"]);
    this.version = Number(form.dataset["ltVersion"] ?? 0);
    this.key = keyOf(this.judge, this.event, this.slot);
    this.rev = Number(this.hidden("rev")?.value ?? 0);
    this.boxes = new Boxes(form, ports.words);
    this.button = form.querySelector<HTMLButtonElement>("button[value=submit]");
    this.label = this.button?.textContent ?? "";
    this.outbox = new Outbox({ ...ports, judge: this.judge, event: this.event, changed: () => void this.show() });
  }

  /** From the journal's answer to the ear on the form nothing waits: what is typed meanwhile counts, and is never written over. */
  async start(): Promise<void> {
    const kept = await this.ports.journal.read(this.key);
    const typed = this.boxes.touched();
    const page: Page = { ...this.boxes.given(), rev: this.rev, version: this.version };
    const which = meet(kept, page);
    if (kept && which !== "page") this.boxes.write(typed ? { marks: { ...kept.marks, ...typed.marks }, remark: typed.remark || kept.remark } : kept);
    this.rev = Math.max(this.rev, kept?.rev ?? 0);
    this.dress();
    this.listen();
    this.look();
    if (kept) void this.change((now) => (now?.rev === kept.rev ? met(now, page, which) : now));
    if (typed) void this.keep(this.boxes.read(), false);
    await this.writing;
    await this.show();
    await this.outbox.nudge();
  }

  /** The draft's button is not needed any more; the state and the sum stand beside the one that submits. */
  private dress(): void {
    const foot = this.form.querySelector(".jud-foot");
    this.form.querySelector("button[value=draft]")?.remove();
    this.before = foot?.querySelector<HTMLElement>(".lt-state") ?? null;
    if (this.button) foot?.insertBefore(this.fate, this.button);
    if (this.button) foot?.insertBefore(this.sum, this.button);
    foot?.prepend(this.note);
  }

  private listen(): void {
    const { form, outbox } = this;
    form.addEventListener("input", (event) => this.written(event));
    form.addEventListener("change", (event) => this.written(event));
    form.addEventListener("focusout", (event) => {
      if (event.target instanceof HTMLInputElement) this.boxes.check(event.target.name);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || event.target.type !== "text") return;
      event.preventDefault();
      this.boxes.onEnter(event.target);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    const again = (): void => void outbox.nudge();
    window.addEventListener("online", again);
    window.addEventListener("offline", () => void this.show());
    document.addEventListener("visibilitychange", again);
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload(); // what it shows may be over
    });
  }

  private written(event: Event): void {
    const target = event.target;
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || target.name === "total") return;
    this.boxes.check(target.name);
    this.look();
    void this.keep(this.boxes.read(), false).then(() => this.outbox.soon(REST));
  }

  /** On disk when it resolves, in the order in which it was written. Between two devices' drafts `chosen` is this one. */
  private keep(written: Written, submitted: boolean, chosen = false): Promise<unknown> {
    const done = this.change((kept) => {
      const after = writtenOn(kept, this.draft(written, submitted), chosen);
      this.rev = Math.max(this.rev, after.rev);
      return after;
    });
    return done.then(() => this.show());
  }

  /** One after the other; one that fails keeps none of the later ones from the disk. */
  private change(by: Change): Promise<unknown> {
    const done = this.writing.then(() => this.ports.journal.change(this.key, by));
    this.writing = done.catch(() => undefined);
    return done;
  }

  private draft({ marks, remark }: Written, submitted: boolean): Draft {
    const { key, judge, event, slot, rev, version } = this;
    return { key, judge, event, slot, url: this.form.dataset["ltDraft"] ?? "", marks, remark, rev, version, submitted, touched: Date.now() };
  }

  /** The sum, and on the button what keeps the sheet from being submitted. */
  private look(): void {
    const { words } = this.ports;
    this.standing = standingOf(this.boxes.all, this.boxes.read().marks, words);
    this.boxes.place();
    const full = this.form.dataset["ltFull"] ?? "";
    replace(this.sum, `${words.sum} `, h("b.num", null, this.standing.sum), full ? h("span.num", null, ` / ${full}`) : null);
    this.sayLabel();
  }

  private sayLabel(): void {
    if (!this.button) return;
    const { words } = this.ports;
    const { missing, wrong } = this.standing;
    const lacks = missing.length > 0 ? fill(words.missing, missing.length) : wrong.length > 0 ? fill(words.wrong, wrong.length) : "";
    say(this.button, this.busy ? words.submitting : lacks || this.label);
    this.button.classList.toggle("lacks", lacks !== "");
  }

  private async show(): Promise<void> {
    const kept = await this.ports.journal.read(this.key);
    const [shape, tone, text] = this.fateOf(kept);
    this.fate.className = `lt-state ${tone}`;
    this.fate.hidden = text === "";
    if (this.before) this.before.hidden = text !== "";
    if (this.fate.textContent !== text) replace(this.fate, text ? glyph(shape) : null, text);
    if (kept?.state === "other" && !this.asking) this.ask();
    if (kept && kept.state === "sent") {
      const rev = this.hidden("rev");
      if (rev) rev.value = String(kept.rev);
    }
    if (kept?.state !== "other" && this.asking) {
      this.asking = false;
      replace(this.note);
    }
  }

  private fateOf(kept: Kept | null): readonly [GlyphName, string, string] {
    const { words, journal } = this.ports;
    if (!kept) return ["todo", "", ""];
    if (kept.state === "sent") return ["ok", "k-ok", kept.saved ? fill(words.deliveredAt, dayClock(kept.saved)) : words.delivered];
    if (!journal.lasting) return ["late", "k-bad", words.notLasting];
    if (this.outbox.signedOut) return ["late", "k-bad", words.signedOut];
    return ["half", "k-warn", this.outbox.down || !navigator.onLine ? words.localOffline : words.local];
  }

  /** Two devices: the judge says which of the two drafts it is to be. */
  private ask(): void {
    const { words, journal } = this.ports;
    this.asking = true;
    const other = h("button.btn", { type: "button" }, words.useOther);
    const own = h("button.btn", { type: "button" }, words.useOwn);
    other.addEventListener("click", () => void journal.change(this.key, () => null).then(() => location.assign(location.href)));
    own.addEventListener("click", () => void this.keep(this.boxes.read(), false, true).then(() => this.outbox.nudge()));
    replace(this.note, h("span", null, words.other), own, other);
  }

  private async submit(): Promise<void> {
    if (this.busy) return;
    const lacks = this.standing.missing[0] ?? this.standing.wrong[0];
    if (lacks !== undefined) {
      this.boxes.goTo(lacks);
      return;
    }
    this.busy = true;
    this.sayLabel();
    if (!this.asking) replace(this.note);
    await this.keep(this.boxes.read(), false);
    if (await this.reached()) {
      await this.keep(this.boxes.read(), true);
      this.form.append(h("input", { type: "hidden", name: "act", value: "submit" }));
      this.form.submit();
      return;
    }
    this.busy = false;
    this.sayLabel();
    if (!this.outbox.signedOut) replace(this.note, this.ports.words.notSubmitted);
    await this.show();
  }

  /** Whether the server is there and knows this judge: a form sent into nothing would lose its page. */
  private async reached(): Promise<boolean> {
    const { journal, door } = this.ports;
    await this.outbox.nudge();
    if (this.outbox.down || this.outbox.signedOut) return false;
    this.outbox.stop();
    try {
      const kept = await journal.read(this.key);
      if (kept) await door.send(kept); // nothing new to it, but an answer
      return true;
    } catch {
      this.outbox.down = true;
      return false;
    }
  }

  private hidden(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`);
  }
}
