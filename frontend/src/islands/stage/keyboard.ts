/** Which key is whose, where several seats share a computer. USB buzzers are keyboards to it. */

/** Keys that the browser and the page need for themselves. */
const OTHERS = /^(Tab|Escape|Enter|Shift.*|Control.*|Alt.*|Meta.*|Context.*|CapsLock|NumLock|F5|F11|F12|Unidentified)$/;

export interface KeyLike {
  readonly key: string;
  readonly code: string;
}

/** The place of a key, not what it types: neither capitals nor an input method change it. "" for one that is no buzzer's. */
export function keyName(event: KeyLike): string {
  const code = event.code || event.key;
  if (OTHERS.test(code)) return "";
  return code.replace(/^(Digit|Numpad(?=\d)|Key)/, "").toUpperCase();
}

/** The first seat has the key 1, and so on; the tenth 0, then letters. */
export function usualKeys(seats: readonly string[]): Map<string, string> {
  return new Map(seats.map((seat, at) => [seat, "1234567890QWERTYUIOP".charAt(at)]));
}

/** Keys by seat, as they were chosen on this computer; none of them stands twice. */
export class Keys {
  private readonly bySeat: Map<string, string>;

  constructor(
    seats: readonly string[],
    kept: Readonly<Record<string, string>> = {},
  ) {
    this.bySeat = usualKeys(seats);
    for (const seat of seats) if (kept[seat]) this.give(seat, kept[seat]);
  }

  of(seat: string): string {
    return this.bySeat.get(seat) ?? "";
  }

  whose(key: string): string {
    if (key) for (const [seat, held] of this.bySeat) if (held === key) return seat;
    return "";
  }

  /** Whoever had the key gets the one that is given up for it. */
  give(seat: string, key: string): void {
    const before = this.whose(key);
    if (before) this.bySeat.set(before, this.of(seat));
    this.bySeat.set(seat, key);
  }

  plain(): Record<string, string> {
    return Object.fromEntries(this.bySeat);
  }
}

/** A key counts once from going down to coming up, whatever the keyboard or the system repeats. */
export class Held {
  private readonly down = new Set<string>();

  /** Whether this is the key's going down, not its being held. */
  press(key: string, repeat: boolean): boolean {
    if (!key || this.down.has(key)) return false;
    this.down.add(key);
    return !repeat;
  }

  lift(key: string): void {
    this.down.delete(key);
  }

  /** The page was left: what is lifted elsewhere is not heard of. */
  forget(): void {
    this.down.clear();
  }
}
