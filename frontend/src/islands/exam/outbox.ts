/**
 * From the journal to the lane, in order, one batch at a time, until the lane's digest proves each. This file
 * decides what an error means; it draws nothing and knows no page.
 */

import { Backoff } from "../../lib/backoff";
import { batchBody, nextDigest } from "./chain";
import type { Batch, Change, Journal, Kept } from "./journal";
import { fold, merge, sameAnswer } from "./answers";
import { LaneError, NoAnswer, type Answer, type AnswerRow, type Seat, type Wire } from "./wire";

/** live: sends · taken: another machine holds the sitting · shut: the lane takes no more · ticket: needs the code again */
export type Standing = "live" | "taken" | "shut" | "ticket" | "broken";
export type AnswerState = "todo" | "local" | "sent" | "late";

export interface OutboxPorts {
  readonly wire: Pick<Wire, "save" | "state" | "enter">;
  readonly journal: Journal;
  readonly device: string;
  /** called after every change of what a contestant may see */
  readonly changed: () => void;
  /** the lane said when the sitting ends */
  readonly heard: (deadline: number, state: Seat["state"]) => void;
  /** true while this tab holds the sitting */
  readonly mine: () => boolean;
  readonly chance?: () => number;
}

const PAUSE = 300;
const ROWS = 200;
const BYTES = 48_000;

export class Outbox {
  standing: Standing = "live";
  /** why it stands as it does, in the lane's words */
  reason = "";
  /** since when no answer came, by performance.now(); null while the lane answers */
  downSince: number | null = null;
  /** the lane answers, but takes nothing now */
  busy = false;
  /** questions that another machine answered meanwhile: its answer stays */
  overruled: readonly number[] = [];
  private pending: Change[] = [];
  private waiting: Batch[] = [];
  /** kept apart by the lane · not taken by it */
  private readonly missed = { late: new Set<number>(), refused: new Set<number>() };
  /** given, and on the way to the disk */
  private readonly noting = new Map<number, { readonly a: Answer; left: number }>();
  private readonly backoff: Backoff;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** whatever holds the journal's order now: a pump, a look, a mending */
  private running: Promise<unknown> | null = null;
  private pumping: Promise<void> | null = null;
  private mends = 0;

  constructor(
    readonly kept: Kept,
    private readonly ports: OutboxPorts,
  ) {
    this.backoff = new Backoff(1000, 15_000, ports.chance ?? Math.random);
  }

  /** What the last page left unsent. Call once, before anything else. */
  async load(): Promise<void> {
    const { journal } = this.ports;
    this.pending = await journal.changes(this.kept.sitting);
    const batches = await journal.batches(this.kept.sitting);
    this.waiting = batches.filter((one) => one.fate === "waiting");
    for (const { fate, answers } of batches) if (fate === "late" || fate === "refused") for (const [n] of answers) this.missed[fate].add(n);
  }

  /** The answer as the contestant last gave it. */
  answerOf(n: number): Answer {
    return this.noting.get(n)?.a ?? fold(this.unsentRows()).get(n) ?? this.kept.sent[n] ?? "";
  }

  stateOf(n: number): AnswerState {
    if (this.noting.has(n) || this.unsentRows().some((row) => row[0] === n)) return "local";
    if (this.missed.late.has(n) || this.missed.refused.has(n)) return "late";
    return sameAnswer(this.kept.sent[n] ?? "", "") ? "todo" : "sent";
  }

  /** Numbers of the questions whose last answer the server does not have yet. */
  get unsent(): readonly number[] {
    return [...new Set([...this.noting.keys(), ...this.unsentRows().map((row) => row[0])])];
  }

  get lateCount(): number {
    return this.missed.late.size;
  }

  get refusedCount(): number {
    return this.missed.refused.size;
  }

  /** Resolves when the change is on this computer's disk; sending follows by itself. */
  async answer(n: number, a: Answer, at: number): Promise<void> {
    this.noting.set(n, { a, left: (this.noting.get(n)?.left ?? 0) + 1 });
    try {
      const change = await this.ports.journal.note(this.kept.sitting, n, a, at);
      if (!this.pending.some((one) => one.id === change.id)) this.pending.push(change);
    } finally {
      const now = this.noting.get(n);
      if (now && now.left > 1) now.left -= 1;
      else this.noting.delete(n);
    }
    this.ports.changed();
    this.soon(PAUSE);
  }

  /** Sends within `wait` milliseconds unless a back-off is under way. */
  soon(wait: number): void {
    if (this.pumping || (this.backoff.failures > 0 && wait > 0)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  /** Sends all now; resolves when that is done or has failed (look at `unsent`). */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.pumping ??= this.alone(() => this.pump()).finally(() => {
      this.pumping = null;
      this.ports.changed();
      if (this.pending.length > 0 && this.standing === "live" && this.backoff.failures === 0) this.soon(PAUSE);
    });
    return this.pumping;
  }

  /** Asks the lane where the sitting stands, and mends our place if it is another. */
  look(): Promise<Omit<Seat, "ticket">> {
    return this.alone(async () => {
      const seat = await this.ports.wire.state(this.kept.sitting, this.kept.seat.ticket);
      if (seat.state === "open" || seat.state === "waiting") await this.compare(seat, false);
      return seat;
    });
  }

  /** One at a time: sending and mending both move the digest. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.running) await this.running;
    const job = work();
    const settled = job.then(
      () => undefined,
      () => undefined,
    );
    this.running = settled;
    void settled.then(() => {
      if (this.running === settled) this.running = null;
    });
    return job;
  }

  /** The lane answered somewhere else (a beat): it is up again. */
  up(): void {
    const was = this.downSince;
    this.downSince = null;
    this.busy = false;
    if (was !== null) this.ports.changed();
    if (was !== null && this.unsent.length > 0) {
      this.backoff.reset();
      this.soon(0);
    }
  }

  down(): void {
    if (this.downSince === null) {
      this.downSince = performance.now();
      this.ports.changed();
    }
  }

  /** A beat tells another place in the journal than ours: look, once nothing is under way. */
  check(place: { readonly seq: number; readonly digest: string }): void {
    const { seq, digest } = this.kept;
    const fine = place.seq === seq ? place.digest === digest : place.seq > seq && place.seq <= seq + this.waiting.length;
    if (fine || this.running || this.standing !== "live") return;
    void this.alone(() => this.mend(new LaneError(409, "place_differs", "")));
  }

  stop(standing: Standing, reason = ""): void {
    clearTimeout(this.timer);
    this.standing = standing;
    this.reason = reason;
    this.ports.changed();
  }

  /** After a new ticket: goes on where it stopped. */
  async resume(seat: Seat): Promise<void> {
    await this.alone(() => this.take(seat));
    this.soon(0);
  }

  private async take(seat: Seat): Promise<void> {
    this.kept.seat = seat;
    await this.ports.journal.keep(this.kept);
    this.standing = "live";
    this.reason = "";
    this.backoff.reset();
    await this.compare(seat, false);
  }

  /** Holds the server's place in the journal against ours, and mends ours. */
  private async compare(seat: Pick<Seat, "seq" | "digest" | "answers">, doubtful: boolean): Promise<void> {
    const ours = this.kept;
    if (seat.seq < ours.seq) return this.replay(seat);
    // further on than we know, but by batches of ours: sending them again only collects the receipts
    if (!doubtful && (await this.digestAt(seat.seq)) === seat.digest) return undefined;
    const { rows, overruled } = merge(new Map(seat.answers), ours.sent, this.unsentRows());
    ours.seq = seat.seq;
    ours.digest = seat.digest;
    ours.sent = Object.fromEntries(seat.answers);
    await this.ports.journal.rebase(ours, { batches: this.waiting, changes: this.pending }, rows);
    this.waiting = [];
    this.pending = await this.ports.journal.changes(ours.sitting);
    this.overruled = overruled;
    this.ports.changed();
    return undefined;
  }

  /** The digest after batch `seq`, as far as our own batches reach; "" beyond. */
  private async digestAt(seq: number): Promise<string> {
    let { digest } = this.kept;
    let at = this.kept.seq;
    for (const batch of this.waiting) {
      if (at === seq) break;
      digest = await nextDigest(digest, batch.body);
      at = batch.seq;
    }
    return at === seq ? digest : "";
  }

  /** The server is behind what it had acknowledged (a restored database): it gets the same bytes again. */
  private async replay(seat: Pick<Seat, "seq" | "digest">): Promise<void> {
    const batches = await this.ports.journal.batches(this.kept.sitting);
    const again = batches.filter((one) => one.seq > seat.seq && (one.fate === "acked" || one.fate === "waiting"));
    this.waiting = again.map((one) => ({ ...one, fate: "waiting" }));
    this.kept.seq = seat.seq;
    this.kept.digest = seat.digest;
    await this.ports.journal.keep(this.kept);
    this.ports.changed();
  }

  private unsentRows(): AnswerRow[] {
    const rows: AnswerRow[] = [];
    for (const batch of this.waiting) rows.push(...batch.answers);
    for (const change of this.pending) rows.push([change.n, change.a, change.at]);
    return rows;
  }

  private async pump(): Promise<void> {
    try {
      while (this.standing === "live" && this.ports.mine()) {
        const batch = this.waiting[0] ?? (await this.pack());
        if (!batch) break;
        await this.send(batch);
        this.backoff.reset();
        this.mends = 0;
      }
    } catch (error) {
      await this.trouble(error);
    }
  }

  private async pack(): Promise<Batch | null> {
    const taken: Change[] = [];
    let size = 0;
    for (const change of this.pending) {
      size += 40 + JSON.stringify(change.a).length * 3;
      if (taken.length === ROWS || (taken.length > 0 && size > BYTES)) break;
      taken.push(change);
    }
    if (taken.length === 0) return null;
    const rows = taken.map((one): AnswerRow => [one.n, one.a, one.at]);
    const seq = this.kept.seq + 1;
    const batch: Batch = { sitting: this.kept.sitting, seq, body: batchBody(seq, rows), answers: rows, fate: "waiting" };
    await this.ports.journal.pack(batch, taken);
    this.pending = this.pending.filter((one) => !taken.includes(one));
    this.waiting.push(batch);
    return batch;
  }

  private async send(batch: Batch): Promise<void> {
    const expected = await nextDigest(this.kept.digest, batch.body);
    const { wire, journal } = this.ports;
    try {
      const ack = await wire.save(this.kept.sitting, this.kept.seat.ticket, batch.body);
      this.up();
      this.ports.heard(ack.deadline, ack.state);
      if (ack.seq !== batch.seq || ack.digest !== expected) throw new LaneError(409, "digest_differs", "");
    } catch (error) {
      if (error instanceof LaneError && error.code === "late") return this.settle(batch, "late", error);
      throw error;
    }
    this.kept.seq = batch.seq;
    this.kept.digest = expected;
    for (const [n, a] of batch.answers) {
      this.kept.sent[n] = a;
      this.missed.late.delete(n);
      this.missed.refused.delete(n);
    }
    await journal.acknowledge(batch, this.kept);
    this.waiting = this.waiting.filter((one) => one !== batch);
    this.ports.changed();
    return undefined;
  }

  /** The batch came too late: it is kept, it does not count, and the contestant is told so. */
  private async settle(batch: Batch, fate: "late" | "refused", error: LaneError): Promise<void> {
    for (const [n] of batch.answers) this.missed[fate].add(n);
    await this.ports.journal.pack({ ...batch, fate }, []);
    this.waiting = this.waiting.filter((one) => one !== batch);
    this.reason = error.text;
    const deadline = Number(error.data["deadline"] ?? this.kept.seat.deadline);
    this.ports.heard(deadline, this.kept.seat.state);
    this.ports.changed();
  }

  private async trouble(error: unknown): Promise<void> {
    if (error instanceof NoAnswer) {
      this.down();
      this.later(0);
    } else if (error instanceof LaneError) await this.refused(error);
    else this.stop("broken", String(error));
  }

  private later(atLeast: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), Math.max(atLeast, this.backoff.next()));
  }

  private async refused(error: LaneError): Promise<void> {
    if (error.passing) {
      this.busy = true;
      this.later(error.retryAfter * 1000);
      return;
    }
    this.up();
    switch (error.code) {
      case "not_open":
        this.later(1000);
        return;
      case "seq_gap":
      case "seq_conflict":
      case "digest_differs":
        await this.mend(error);
        return;
      case "taken_over":
        this.stop("taken", error.text);
        return;
      case "ticket_expired":
        await this.renew(error);
        return;
      case "closed":
        for (const batch of [...this.waiting]) await this.settle(batch, "refused", error);
        this.stop("shut", error.text);
        return;
      case "ticket_invalid":
      case "ticket_foreign":
        this.stop("ticket", error.text);
        return;
      default:
        this.stop("broken", error.text || error.code);
    }
  }

  private async mend(error: LaneError): Promise<void> {
    this.mends += 1;
    if (this.mends > 4) {
      this.stop("broken", error.text || error.code);
      return;
    }
    try {
      const seat = await this.ports.wire.state(this.kept.sitting, this.kept.seat.ticket);
      await this.compare(seat, true);
      this.later(0);
    } catch (again) {
      await this.trouble(again);
    }
  }

  private async renew(error: LaneError): Promise<void> {
    if (!this.kept.code) {
      this.stop("ticket", error.text);
      return;
    }
    try {
      await this.take(await this.ports.wire.enter(this.kept.code, this.ports.device));
      this.later(0);
    } catch (again) {
      if (again instanceof LaneError && again.code === "ticket_expired") this.stop("ticket", again.text);
      else await this.trouble(again);
    }
  }
}
