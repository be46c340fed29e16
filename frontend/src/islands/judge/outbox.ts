/** From the journal to the server, until it has each draft. Draws nothing. */

import { Backoff } from "../../lib/backoff";
import { NoAnswer, PATIENCE } from "../../lib/lane";
import type { Journal, Kept } from "./journal";

export interface Ack {
  /** what the server holds now: more than was sent where another device wrote later */
  readonly rev: number;
  readonly saved: number;
  /** whether it is what was sent: two devices may write in the same second */
  readonly same: boolean;
}

/** The server does not know us any more: signed out, or somebody else signed in. */
export class SignedOut extends Error {}

export class Door {
  /** `csrf` is the page's own: after another judge has signed in, the server refuses it. */
  constructor(private readonly csrf: string) {}

  async send({ url, rev, marks, remark }: Kept): Promise<Ack> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const answer = await fetch(url, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf },
        body: JSON.stringify({ rev, marks, remark }),
        signal: abort.signal,
      });
      if (answer.status === 429 || answer.status >= 500) throw new NoAnswer(`HTTP ${answer.status}`);
      if (!answer.ok) throw new SignedOut(`HTTP ${answer.status}`);
      return (await answer.json()) as Ack;
    } catch (error) {
      throw error instanceof SignedOut ? error : new NoAnswer(String(error));
    } finally {
      clearTimeout(timer);
    }
  }
}

export interface OutboxPorts {
  readonly door: Pick<Door, "send">;
  readonly journal: Journal;
  readonly judge: string;
  readonly event: number;
  readonly changed: () => void;
  readonly chance?: () => number;
}

export class Outbox {
  /** no answer came the last time */
  down = false;
  signedOut = false;
  private readonly backoff: Backoff;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;

  constructor(private readonly ports: OutboxPorts) {
    this.backoff = new Backoff(1000, 20_000, ports.chance ?? Math.random);
  }

  /** This judge's drafts of this event that the server does not have. */
  async waiting(): Promise<Kept[]> {
    const { journal, judge, event } = this.ports;
    const all = await journal.all();
    return all.filter((one) => one.state === "waiting" && one.judge === judge && one.event === event).sort((a, b) => a.rev - b.rev);
  }

  /** Sends all now; resolves when that is done or has failed. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.running ??= this.pump().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** The network may be back: try now, whatever the back-off says. */
  nudge(): Promise<void> {
    this.backoff.reset();
    return this.flush();
  }

  /** Typing goes on: send when it rests. */
  soon(milliseconds: number): void {
    if (this.down) return; // the next try is set already
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), milliseconds);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async pump(): Promise<void> {
    for (let waiting = await this.waiting(); waiting[0]; waiting = await this.waiting()) {
      if (!(await this.send(waiting[0]))) return;
    }
  }

  /** False when it must be tried later, or not at all. */
  private async send(kept: Kept): Promise<boolean> {
    try {
      const ack = await this.ports.door.send(kept);
      this.down = this.signedOut = false;
      this.backoff.reset();
      await this.ports.journal.change(kept.key, (now) => {
        if (now?.rev !== kept.rev) return now; // written on meanwhile: that goes next
        return ack.same ? { ...now, rev: ack.rev, state: "sent", saved: ack.saved } : { ...now, state: "other", saved: ack.saved, there: ack.rev };
      });
    } catch (error) {
      if (!(error instanceof NoAnswer) && !(error instanceof SignedOut)) throw error;
      this.down = error instanceof NoAnswer;
      this.signedOut = error instanceof SignedOut;
      clearTimeout(this.timer);
      if (this.down) this.timer = setTimeout(() => void this.flush(), this.backoff.next());
    }
    this.ports.changed();
    return !this.down && !this.signedOut;
  }
}
