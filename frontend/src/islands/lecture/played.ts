/** The stretches of a film that really ran, in whole seconds; what was jumped over is in none of them. */

/** Between two ticks a player at double speed in a hidden tab gets no further than this. */
const STEP = 3.5;

export type Range = readonly [number, number];

export class Played {
  private waiting: Range[] = [];
  private from: number | null = null;
  private at = 0;

  /** The film runs on from here: after a start, or after a jump. */
  begin(time: number): void {
    this.stop();
    this.from = Math.ceil(time);
    this.at = time;
  }

  /** The film is here now; a step too wide is a jump that nobody announced. */
  tick(time: number): void {
    if (this.from === null || time < this.at || time - this.at > STEP) this.begin(time);
    else this.at = time;
  }

  stop(): void {
    this.cut();
    this.from = null;
  }

  /** To its very end: players stop a little before it. */
  finish(length: number): void {
    if (this.from !== null) this.at = Math.max(this.at, Math.ceil(length));
    this.stop();
  }

  /** What has not been told yet, as the server reads it; an open stretch goes on from its last second. */
  take(): Range[] {
    this.cut();
    const told = this.waiting;
    this.waiting = [];
    return told;
  }

  /** Could not be told: it is said again next time. */
  giveBack(ranges: readonly Range[]): void {
    this.waiting = [...ranges, ...this.waiting];
  }

  private cut(): void {
    if (this.from === null) return;
    const to = Math.floor(this.at);
    if (to > this.from) {
      this.waiting.push([this.from, to]);
      this.from = to;
    }
  }
}

export function written(ranges: readonly Range[]): string {
  return ranges.map(([from, to]) => `${from}-${to}`).join(",");
}

/** Where to go on: not at the very beginning, not in the last seconds, not in what is learned. */
export function resumeAt(position: number, length: number, done: boolean): number {
  return !done && position > 5 && position < length - 10 ? position : 0;
}

/** 3:20, 1:03:20. */
export function clock(seconds: number): string {
  const [hours, minutes, left] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const tail = `${hours ? String(minutes).padStart(2, "0") : minutes}:${String(left).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}
