/**
 * The exam room between the lane and the screen: one sitting from the waiting room to the receipt. It owns the
 * timers (beat, clock, opening, deadline) and tells the views when something that shows has changed.
 */

import type { ServerClock } from "../../lib/clock";
import { isAnswered } from "./answers";
import type { Journal, Kept } from "./journal";
import { Outbox } from "./outbox";
import type { PaletteSource } from "./palette";
import { Door } from "./door";
import type { Paper } from "./paper";
import { deviceId, rememberSitting, Tab } from "./tab";
import { LaneError, NoAnswer, type Answer, type Seat, type Wire } from "./wire";

/** enter → wait → answer → (flush →) done; taken, tab and trouble lie over any of them. */
export type Phase = "enter" | "wait" | "answer" | "flush" | "done";
export type Over = "none" | "taken" | "tab" | "ticket" | "broken";

const BEAT = 5000;

export class Room {
  phase: Phase = "enter";
  over: Over = "none";
  paper: Paper | null = null;
  outbox: Outbox | null = null;
  kept: Kept | null = null;
  /** a deadline moved: minutes more (or fewer), told once */
  moved: number | null = null;
  trouble = "";
  readonly door: Door;
  private readonly tab = new Tab(() => this.lose());
  private readonly device = deviceId();
  private beatTimer: ReturnType<typeof setTimeout> | undefined;
  private refreshing: Promise<void> | null = null;

  constructor(
    private readonly wire: Wire,
    readonly journal: Journal,
    readonly clock: ServerClock,
    private readonly show: () => void,
  ) {
    this.door = new Door(wire, journal, clock, {
      opened: (paper) => this.opened(paper),
      refused: (error) => this.missed(error),
      changed: () => this.show(),
    });
    window.addEventListener("online", () => void this.beat());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.beat();
      else void this.outbox?.flush();
    });
    window.addEventListener("pagehide", () => void this.outbox?.flush());
  }

  get deadline(): number {
    return this.kept?.seat.deadline ?? 0;
  }

  get left(): number {
    return this.deadline - this.clock.now();
  }

  // In and out ------------------------------------------------------------------------------

  /** Throws LaneError or NoAnswer: the form shows them. */
  async enter(code: string): Promise<void> {
    const seat = await this.wire.enter(code, this.device);
    await this.begin(seat, code);
  }

  /** A sitting that this computer kept, with or without a network. */
  async reopen(kept: Kept): Promise<void> {
    this.clock.seed(Date.now() + kept.skew);
    await this.adopt(kept);
    await this.refresh();
  }

  private async begin(seat: Seat, code: string): Promise<void> {
    const known = await this.journal.read(seat.sitting);
    const kept: Kept = known ?? {
      sitting: seat.sitting,
      code,
      seat,
      seq: seat.seq,
      digest: seat.digest,
      sent: Object.fromEntries(seat.answers),
      flags: [],
      current: 1,
      sealed: null,
      paper: null,
      skew: 0,
      receipt: null,
      touched: 0,
    };
    kept.code = code;
    kept.seat = seat;
    await this.adopt(kept);
    await this.outbox?.resume(seat);
  }

  private async adopt(kept: Kept): Promise<void> {
    this.kept = kept;
    this.over = "none";
    kept.skew = this.clock.known ? this.clock.now() - Date.now() : kept.skew;
    await this.journal.keep(kept);
    this.tab.take();
    rememberSitting(kept.sitting);
    const outbox: Outbox = new Outbox(kept, {
      wire: this.wire,
      journal: this.journal,
      device: this.device,
      changed: () => this.changed(),
      heard: (deadline, state) => this.hear(deadline, state),
      mine: () => this.tab.mine && this.outbox === outbox,
    });
    this.outbox = outbox;
    await outbox.load();
    if (kept.paper) this.paper = JSON.parse(kept.paper) as Paper;
    this.settlePhase();
    this.schedule();
  }

  private settlePhase(): void {
    const kept = this.kept;
    if (!kept) return;
    const ended = kept.receipt !== null || kept.seat.state === "handed_in" || kept.seat.state === "closed";
    if (ended) this.phase = "done";
    else if (this.paper) this.phase = this.left > 0 ? "answer" : "flush";
    else this.phase = "wait";
    if (this.phase === "wait") this.door.watch(kept);
    if (this.phase === "flush") void this.finish();
    this.show();
  }

  private async opened(paper: Paper): Promise<void> {
    const kept = this.kept;
    if (!kept) return;
    this.paper = paper;
    kept.paper = JSON.stringify(paper);
    kept.sealed = null;
    if (!paper.items.some((one) => one.n === kept.current)) kept.current = paper.items[0]?.n ?? 1;
    await this.journal.keep(kept);
    this.outbox?.up();
    this.settlePhase();
  }

  private lose(): void {
    this.over = "tab";
    clearTimeout(this.beatTimer);
    this.door.leave();
    this.show();
  }

  /** «Go on here», in this tab or on this machine. */
  async takeBack(): Promise<void> {
    const kept = this.kept;
    if (!kept) return;
    if (this.over === "tab") {
      const fresh = (await this.journal.read(kept.sitting)) ?? kept;
      await this.adopt(fresh);
      await this.refresh();
    } else await this.enter(kept.code);
  }

  // Answering --------------------------------------------------------------------------------

  async answer(n: number, a: Answer): Promise<void> {
    if (this.phase !== "answer" || this.over !== "none" || !this.outbox) return;
    const done = this.outbox.answer(n, a, Date.now());
    this.show();
    try {
      await done;
    } catch (error) {
      this.trouble = String(error);
      this.over = "broken";
      this.show();
    }
  }

  go(n: number): void {
    const kept = this.kept;
    if (!kept || !this.paper?.items.some((one) => one.n === n)) return;
    kept.current = n;
    void this.journal.keep(kept);
    this.show();
  }

  step(by: 1 | -1): void {
    const items = this.paper?.items ?? [];
    const at = items.findIndex((one) => one.n === this.kept?.current);
    const next = items[at + by];
    if (next) this.go(next.n);
  }

  toggleFlag(n: number): void {
    const kept = this.kept;
    if (!kept) return;
    kept.flags = kept.flags.includes(n) ? kept.flags.filter((one) => one !== n) : [...kept.flags, n];
    void this.journal.keep(kept);
    this.show();
  }

  palette(): PaletteSource | null {
    const { paper, outbox, kept } = this;
    if (!paper || !outbox || !kept) return null;
    return {
      paper,
      current: kept.current,
      flags: new Set(kept.flags),
      stateOf: (n) => outbox.stateOf(n),
      isEmpty: (n) => !isAnswered(outbox.answerOf(n)),
    };
  }

  // The end ----------------------------------------------------------------------------------

  /** Sends what is left; true when the lane has everything. */
  async flush(): Promise<boolean> {
    await this.outbox?.flush();
    return (this.outbox?.unsent.length ?? 0) === 0;
  }

  /** Throws what the lane says; the dialog shows it. */
  async handIn(): Promise<void> {
    const { kept, outbox } = this;
    if (!kept || !outbox) return;
    kept.receipt = await this.wire.handIn(kept.sitting, kept.seat.ticket, kept.seq, kept.digest);
    kept.seat = { ...kept.seat, state: "handed_in" };
    await this.wipe(kept);
    this.settlePhase();
  }

  /** The paper and the code leave this computer; receipt and digest stay until the next sitting. */
  private async wipe(kept: Kept): Promise<void> {
    clearTimeout(this.beatTimer);
    kept.code = "";
    kept.paper = null;
    kept.sealed = null;
    await this.journal.keep(kept);
  }

  /** Time is up: no more answers, but what was given goes out. */
  private async finish(): Promise<void> {
    this.show();
    await this.outbox?.flush();
    await this.refresh();
    if (this.kept && this.left > 0 && this.kept.seat.state === "open") this.phase = "answer"; // extended meanwhile
    this.show();
  }

  // Beats ------------------------------------------------------------------------------------

  private schedule(): void {
    clearTimeout(this.beatTimer);
    if (this.phase === "enter" || this.kept?.receipt) return;
    if (this.phase === "done" && (this.outbox?.unsent.length ?? 0) === 0) return;
    this.beatTimer = setTimeout(() => void this.beat(), BEAT);
  }

  async beat(): Promise<void> {
    const { kept, outbox } = this;
    clearTimeout(this.beatTimer);
    if (!kept || !outbox || this.over !== "none" || !this.tab.mine) return;
    if (this.phase === "done") {
      await outbox.flush();
      this.schedule();
      return;
    }
    const sent = performance.now();
    try {
      const beat = await this.wire.beat(kept.sitting, kept.seat.ticket);
      this.door.checks.trip = Math.round(performance.now() - sent);
      kept.skew = this.clock.now() - Date.now();
      outbox.up();
      this.hear(beat.deadline, beat.state);
      outbox.check(beat);
      if (this.phase === "wait") this.door.watch(kept);
    } catch (error) {
      this.missed(error);
    } finally {
      this.schedule();
      this.show();
    }
  }

  private missed(error: unknown): void {
    if (error instanceof NoAnswer) this.outbox?.down();
    else if (error instanceof LaneError && !error.passing) this.refuse(error);
  }

  private refuse(error: LaneError): void {
    switch (error.code) {
      case "taken_over":
        this.outbox?.stop("taken", error.text);
        break;
      case "ticket_expired":
      case "ticket_invalid":
      case "ticket_foreign":
        void this.newTicket(error);
        break;
      case "closed":
        void this.refresh();
        break;
      default:
        this.trouble = error.text || error.code;
        this.over = "broken";
    }
  }

  private async newTicket(error: LaneError): Promise<void> {
    const code = this.kept?.code;
    try {
      if (!code || error.code !== "ticket_expired") throw error;
      await this.outbox?.resume(await this.wire.enter(code, this.device));
    } catch (again) {
      if (again instanceof LaneError && !again.passing) this.outbox?.stop("ticket", again.text);
    }
  }

  /** Where the lane sees this sitting; one question at a time. */
  private refresh(): Promise<void> {
    this.refreshing ??= this.askState().finally(() => {
      this.refreshing = null;
      this.schedule();
      this.show();
    });
    return this.refreshing;
  }

  private async askState(): Promise<void> {
    const { kept, outbox } = this;
    if (!kept || !outbox || kept.receipt) return;
    try {
      const seat = await outbox.look();
      kept.seat = { ...seat, ticket: kept.seat.ticket };
      kept.skew = this.clock.now() - Date.now();
      outbox.up();
      const ended = seat.state === "handed_in" || seat.state === "closed";
      if (ended && outbox.unsent.length > 0) await outbox.flush();
      if (ended && outbox.unsent.length === 0) await this.wipe(kept);
      await this.journal.keep(kept);
      if (this.phase !== "flush" || ended) this.settlePhase();
      if (!ended) outbox.soon(0);
    } catch (error) {
      if (!(error instanceof LaneError && error.code === "closed")) this.missed(error);
    }
  }

  /** The lane's word on time and state, from a save or a beat. */
  private hear(deadline: number, state: Seat["state"]): void {
    const kept = this.kept;
    if (!kept) return;
    const before = kept.seat.deadline;
    if (deadline !== before || state !== kept.seat.state) {
      kept.seat = { ...kept.seat, deadline, state };
      void this.journal.keep(kept);
    }
    if (deadline !== before && this.phase !== "done") this.moved = Math.round((deadline - before) / 60_000) || (deadline - before) / 60_000;
    const ended = state === "closed" || state === "handed_in";
    if (ended && this.phase !== "done") void this.refresh();
    else if (this.phase === "flush" && this.left > 0) this.settlePhase();
  }

  private changed(): void {
    const standing = this.outbox?.standing;
    if (standing === "taken" || standing === "ticket" || standing === "broken") {
      this.over = standing;
      this.trouble = this.outbox?.reason ?? "";
    } else if (standing === "shut" && this.phase !== "done" && !this.refreshing) void this.refresh();
    this.show();
  }

  /** Once a second: the deadline is the server's. */
  tick(): void {
    if (this.phase === "answer" && this.left <= 0) {
      this.phase = "flush";
      void this.finish();
    }
  }
}
