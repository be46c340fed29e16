/**
 * The server's clock, estimated as NTP does: half of the round trip is the error's bound. Time comes from a
 * monotonic source, so that a contestant who sets the computer's clock moves nothing.
 */

interface Sample {
  readonly offset: number;
  readonly trip: number;
  readonly taken: number;
}

export class ServerClock {
  private best: Sample | null = null;

  /** @param mono milliseconds that never step back, e.g. `() => performance.now()`. */
  constructor(private readonly mono: () => number) {}

  get known(): boolean {
    return this.best !== null;
  }

  /** Bound of the error of `now()`, in milliseconds; Infinity before the first sample. */
  get doubt(): number {
    return this.best ? this.best.trip / 2 : Infinity;
  }

  /** One exchange: sent and received on our clock, `server` is the time that the answer carried. */
  sample(sent: number, received: number, server: number): void {
    const trip = Math.max(0, received - sent);
    const offset = server - (sent + received) / 2;
    const best = this.best;
    // an old sample loses one millisecond of trust a second: quartz drifts
    const aged = best ? best.trip + (received - best.taken) / 1000 : Infinity;
    // a gap that no round trip explains: the machine slept, or somebody set the server's clock
    const jumped = best !== null && Math.abs(offset - best.offset) > (trip + aged) / 2 + 50;
    if (trip <= aged || jumped) this.best = { offset, trip, taken: received };
  }

  /** After a reload without network: the offset that was known before, trusted little. */
  seed(serverNow: number): void {
    if (this.best) return;
    const at = this.mono();
    this.best = { offset: serverNow - at, trip: 4000, taken: at };
  }

  /** The server's time in milliseconds since the epoch; falls back on the local clock. */
  now(): number {
    return this.best ? this.mono() + this.best.offset : Date.now();
  }
}

/** 5025 → "1:23:45"; negative counts as nothing left. */
export function clockText(milliseconds: number): string {
  const whole = Math.max(0, Math.ceil(milliseconds / 1000));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const seconds = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** The time of day in the committee's zone, e.g. 11:00:00. */
export function dayClock(milliseconds: number, withSeconds = true): string {
  const at = new Date(milliseconds + 8 * 3600_000); // Asia/Shanghai has no summer time
  const text = `${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, "0")}`;
  return withSeconds ? `${text}:${String(at.getUTCSeconds()).padStart(2, "0")}` : text;
}
