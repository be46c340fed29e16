/** Waiting longer after each failure, with chance, so that 10,000 clients do not come back in one wave. */
export class Backoff {
  private tries = 0;

  constructor(
    private readonly first = 1000,
    private readonly longest = 15_000,
    private readonly chance: () => number = Math.random,
  ) {}

  get failures(): number {
    return this.tries;
  }

  /** The next wait in milliseconds: between a half and the whole of first × 2ⁿ, at most `longest`. */
  next(): number {
    const whole = Math.min(this.longest, this.first * 2 ** Math.min(this.tries, 10));
    this.tries += 1;
    return whole / 2 + (whole / 2) * this.chance();
  }

  reset(): void {
    this.tries = 0;
  }
}
