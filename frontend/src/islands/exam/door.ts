/** From the waiting room into the paper: fetched sealed ahead of time, opened with the key at T0. */

import type { ServerClock } from "../../lib/clock";
import type { Journal, Kept } from "./journal";
import { canOpen, openPaper, type Paper } from "./paper";
import { LaneError, NoAnswer, type Wire } from "./wire";

export interface Preflight {
  /** last round trip in milliseconds */
  trip: number | null;
  readonly lasting: boolean;
  readonly secret: boolean;
  sealed: "none" | "here" | "failed";
}

export interface DoorPorts {
  readonly opened: (paper: Paper) => Promise<void>;
  readonly refused: (error: unknown) => void;
  readonly changed: () => void;
}

const JITTER = 800;

export class Door {
  readonly checks: Preflight;
  /** the lane opened the paper, not this computer */
  degraded = false;
  opening = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private fetching = false;
  private jitter = Math.random() * JITTER;

  constructor(
    private readonly wire: Wire,
    private readonly journal: Journal,
    private readonly clock: ServerClock,
    private readonly ports: DoorPorts,
  ) {
    this.checks = { trip: null, lasting: journal.lasting, secret: canOpen(), sealed: "none" };
  }

  /** Waits for the opening; called again whenever the clock or the opening may have moved. */
  watch(kept: Kept): void {
    if (kept.sealed) this.checks.sealed = "here";
    if (this.checks.sealed !== "here") void this.fetchSealed(kept);
    if (this.opening) return;
    clearTimeout(this.timer);
    const wait = kept.seat.exam.opens_at - this.clock.now();
    // a little chance, so that a whole hall does not ask in the same millisecond
    const until = wait > 0 ? wait + this.jitter : 0;
    this.timer = setTimeout(() => void this.open(kept), Math.min(until, 2 ** 31 - 1));
  }

  leave(): void {
    clearTimeout(this.timer);
  }

  private async fetchSealed(kept: Kept): Promise<void> {
    if (!this.checks.secret || this.fetching) return;
    this.fetching = true;
    try {
      kept.sealed ??= await this.wire.sealedPaper(kept.seat.paper.href);
      this.checks.sealed = "here";
      await this.journal.keep(kept);
    } catch {
      this.checks.sealed = "failed";
    }
    this.fetching = false;
    this.ports.changed();
  }

  private async open(kept: Kept): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    this.ports.changed();
    try {
      await this.ports.opened(await this.unseal(kept));
      this.opening = false;
    } catch (error) {
      this.opening = false;
      this.again(kept, error);
    }
    this.ports.changed();
  }

  private again(kept: Kept, error: unknown): void {
    let wait = 1000 + Math.random() * 1000;
    if (error instanceof LaneError && error.code === "not_open") {
      const opens = Number(error.data["opens_at"] ?? 0);
      wait = Math.max(200, opens - this.clock.now()) + Math.random() * 300;
    } else if (error instanceof LaneError && !error.passing) {
      this.ports.refused(error);
      return;
    } else this.ports.refused(error);
    this.timer = setTimeout(() => void this.open(kept), wait);
  }

  private async unseal(kept: Kept): Promise<Paper> {
    const { sitting, seat } = kept;
    if (this.checks.secret) {
      try {
        kept.sealed ??= await this.wire.sealedPaper(seat.paper.href);
        const key = await this.wire.key(sitting, seat.ticket);
        return await openPaper(kept.sealed, key, seat.paper.id, seat.paper.version);
      } catch (error) {
        if (error instanceof LaneError || error instanceof NoAnswer) throw error;
        kept.sealed = null; // spoiled on the way: the lane opens it
      }
    }
    const paper = (await this.wire.openedPaper(sitting, seat.ticket)) as Paper;
    this.degraded = true;
    return paper;
  }
}
