/** What was typed into a form and not yet kept by the server, under the form's name. Pure but for the store it is given. */

export type Pair = readonly [string, string];
export interface Kept {
  readonly of: number; // the revision that was looked at
  readonly at: number; // when it was typed, in milliseconds
  readonly sent: boolean; // whether it was sent since
  readonly values: readonly Pair[];
}

const SPACE = "leitai.keep:";
const WEEK = 7 * 24 * 3600 * 1000;

export class Keeper {
  constructor(
    private readonly store: Storage,
    private readonly now: () => number,
  ) {}

  /** What was kept under a name; nothing where it is older than a week or cannot be read. */
  find(name: string): Kept | null {
    try {
      const kept = JSON.parse(this.store.getItem(SPACE + name) ?? "null") as Kept | null;
      if (kept && Array.isArray(kept.values) && this.now() - kept.at < WEEK) return kept;
    } catch {
      // no store, or somebody else's words in it: as if nothing were kept
    }
    return null;
  }

  keep(name: string, of: number, values: readonly Pair[], sent: boolean): void {
    const kept: Kept = { of, at: this.now(), sent, values };
    try {
      this.store.setItem(SPACE + name, JSON.stringify(kept));
    } catch {
      // full or switched off: the page itself still has it
    }
  }

  drop(name: string): void {
    try {
      this.store.removeItem(SPACE + name);
    } catch {
      // nothing was kept either
    }
  }

  /** Forgets what the server has: sent from a revision before `revision`, and not on this page as a form. */
  settle(draft: string, revision: number, shown: readonly string[]): void {
    for (const name of this.names(`${draft}/`)) {
      const kept = this.find(name);
      if (!kept || (kept.sent && kept.of < revision && !shown.includes(name))) this.drop(name);
    }
  }

  private names(prefix: string): string[] {
    try {
      return Object.keys(this.store)
        .filter((key) => key.startsWith(SPACE + prefix))
        .map((key) => key.slice(SPACE.length));
    } catch {
      return [];
    }
  }
}

/** Whether two fillings say the same, in whatever order their boxes come. */
export function same(one: readonly Pair[], other: readonly Pair[]): boolean {
  const said = (pairs: readonly Pair[]): string => JSON.stringify(pairs.map((pair) => pair.join("\u0000")).sort());
  return said(one) === said(other);
}
