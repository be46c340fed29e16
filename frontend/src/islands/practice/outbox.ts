/** From the journal to the lane, oldest first, until each set is acknowledged or refused for good. Draws nothing. */

import { Backoff } from "../../lib/backoff";
import { LaneDoor, LaneError, NoAnswer } from "../../lib/lane";
import { bodyOf, type Journal, type Kept } from "./journal";

export interface Ack {
  readonly set: string;
  readonly at: number;
  readonly repeat?: boolean;
  readonly differs?: boolean;
}

export class Wire extends LaneDoor {
  /** `body` is `{"began":…}`; the ticket goes before it, the rest stays byte for byte. */
  handIn(ticket: string, body: string): Promise<Ack> {
    return this.post<Ack>("/v1/set", `{"ticket":${JSON.stringify(ticket)},${body.slice(1)}`);
  }
}

export interface OutboxPorts {
  readonly wire: Pick<Wire, "handIn">;
  readonly journal: Journal;
  readonly learner: number;
  /** called after every change of what a learner may see */
  readonly changed: (kept: Kept) => void;
  readonly chance?: () => number;
}

export class Outbox {
  /** no answer came the last time */
  down = false;
  private readonly backoff: Backoff;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;

  constructor(private readonly ports: OutboxPorts) {
    this.backoff = new Backoff(1000, 60_000, ports.chance ?? Math.random);
  }

  /** Sets of this learner that the server does not have yet, oldest first. */
  async waiting(): Promise<Kept[]> {
    const all = await this.ports.journal.all();
    return all.filter((one) => one.state === "waiting" && one.learner === this.ports.learner).sort((a, b) => a.ended - b.ended);
  }

  /** The network may be back: try now, whatever the back-off says. */
  nudge(): Promise<void> {
    this.backoff.reset();
    return this.flush();
  }

  /** Sends all now; resolves when that is done or has failed. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.running ??= this.pump().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async pump(): Promise<void> {
    for (let waiting = await this.waiting(); waiting[0]; waiting = await this.waiting()) {
      if (!(await this.send(waiting[0]))) return;
    }
  }

  /** False when it must be tried later. */
  private async send(kept: Kept): Promise<boolean> {
    try {
      const ack = await this.ports.wire.handIn(kept.given.ticket, bodyOf(kept));
      this.down = false;
      this.backoff.reset();
      await this.settle({ ...kept, state: "sent", at: ack.at, differs: ack.differs === true, reason: "" });
      return true;
    } catch (error) {
      if (error instanceof LaneError && !error.passing) {
        this.down = false;
        await this.settle({ ...kept, state: "refused", reason: error.text || error.code });
        return true;
      }
      if (!(error instanceof LaneError) && !(error instanceof NoAnswer)) throw error;
      this.down = true;
      const least = error instanceof LaneError ? error.retryAfter * 1000 : 0;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.flush(), Math.max(least, this.backoff.next()));
      this.ports.changed(kept);
      return false;
    }
  }

  private async settle(kept: Kept): Promise<void> {
    await this.ports.journal.keep(kept);
    this.ports.changed(kept);
  }
}
