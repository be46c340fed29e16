/**
 * Drafts of sheets on this device, each under its judge, event and contestant, so that who judges next at this tablet meets
 * nobody's marks but their own. A draft stays until its sheet is submitted.
 */

import { openDatabase, request, transact } from "../../lib/idb";
import type { Marks } from "./rubric";

/** waiting: not on the server yet · sent: it is · other: the server has a newer one from another device */
export type State = "waiting" | "sent" | "other";

export interface Kept {
  readonly key: string;
  /** the account and the seat */
  readonly judge: string;
  readonly event: number;
  readonly slot: number;
  readonly url: string;
  readonly marks: Marks;
  readonly remark: string;
  readonly rev: number;
  readonly state: State;
  /** when the server took it, by its own clock */
  readonly saved: number;
  /** the sheet went off with these marks */
  readonly submitted: boolean;
  readonly touched: number;
  /** how many sheets of this contestant the judge had submitted when it was written */
  readonly version?: number;
  /** other: the number of the draft that the server has */
  readonly there?: number;
}

export type Change = (kept: Kept | null) => Kept | null;

export interface Journal {
  /** false where the browser keeps nothing over a reload (shown to the judge) */
  readonly lasting: boolean;
  read(key: string): Promise<Kept | null>;
  all(): Promise<Kept[]>;
  /** Reads, changes and writes as one; null forgets. On disk when this resolves. */
  change(key: string, by: Change): Promise<Kept | null>;
}

export function keyOf(judge: string, event: number, slot: number): string {
  return [judge, event, slot].join("/");
}

class LastingJournal implements Journal {
  readonly lasting = true;

  constructor(private readonly database: IDBDatabase) {}

  read(key: string): Promise<Kept | null> {
    return transact(this.database, ["drafts"], "readonly", async (t) => {
      return (await request(t.objectStore("drafts").get(key) as IDBRequest<Kept | undefined>)) ?? null;
    });
  }

  all(): Promise<Kept[]> {
    return transact(this.database, ["drafts"], "readonly", (t) => request(t.objectStore("drafts").getAll() as IDBRequest<Kept[]>));
  }

  change(key: string, by: Change): Promise<Kept | null> {
    return transact(this.database, ["drafts"], "readwrite", async (t) => {
      const drafts = t.objectStore("drafts");
      const after = by((await request(drafts.get(key) as IDBRequest<Kept | undefined>)) ?? null);
      if (after) drafts.put(after);
      else drafts.delete(key);
      return after;
    });
  }
}

/** Where the browser has no database: the same contract, gone with the page. */
export class PassingJournal implements Journal {
  readonly lasting = false;
  private readonly kept: Map<string, Kept>;

  constructor(drafts: readonly Kept[] = []) {
    this.kept = new Map(drafts.map((one) => [one.key, one]));
  }

  read(key: string): Promise<Kept | null> {
    return Promise.resolve(this.kept.get(key) ?? null);
  }

  all(): Promise<Kept[]> {
    return Promise.resolve([...this.kept.values()]);
  }

  change(key: string, by: Change): Promise<Kept | null> {
    const after = by(this.kept.get(key) ?? null);
    if (after) this.kept.set(key, after);
    else this.kept.delete(key);
    return Promise.resolve(after);
  }
}

/**
 * Goes on where the browser takes its database away from an open page, as WebKit does to pages in the background, or where
 * the disk is full: opened anew, then in memory alone, with what could still be read. Of that the judge is told.
 */
export class SureJournal implements Journal {
  constructor(
    private inner: Journal,
    private readonly again: () => Promise<Journal>,
  ) {}

  get lasting(): boolean {
    return this.inner.lasting;
  }

  read(key: string): Promise<Kept | null> {
    return this.sure((inner) => inner.read(key));
  }

  all(): Promise<Kept[]> {
    return this.sure((inner) => inner.all());
  }

  change(key: string, by: Change): Promise<Kept | null> {
    return this.sure((inner) => inner.change(key, by));
  }

  private async sure<T>(work: (inner: Journal) => Promise<T>): Promise<T> {
    const before = this.inner;
    try {
      return await work(before);
    } catch {
      if (this.inner === before) this.inner = await this.again();
    }
    const opened = this.inner;
    try {
      return await work(opened);
    } catch {
      if (this.inner === opened) this.inner = new PassingJournal(await opened.all().catch(() => []));
      return work(this.inner);
    }
  }
}

async function open(name: string): Promise<Journal> {
  try {
    return new LastingJournal(await openDatabase(name, 1, (base) => base.createObjectStore("drafts", { keyPath: "key" })));
  } catch {
    return new PassingJournal();
  }
}

export async function openJournal(name = "leitai-judging"): Promise<Journal> {
  return new SureJournal(await open(name), () => open(name));
}

const FORTNIGHT = 14 * 86_400_000;

/** Forgets what the server has and nobody came back to. What it has not stays: a tablet's clock may be years wrong. */
export async function tidy(journal: Journal, now: number): Promise<void> {
  for (const kept of await journal.all()) {
    if (kept.state === "sent" && now > kept.touched + FORTNIGHT) await journal.change(kept.key, () => null);
  }
}

const EPOCH = Date.UTC(2020, 0, 1);

/** Later writing has the higher number, whichever device it was done on; and always more than the one before. */
export function revAfter(before: number, now: number): number {
  return Math.max(before + 1, Math.floor((now - EPOCH) / 1000));
}

export interface Written {
  readonly marks: Marks;
  readonly remark: string;
}

export function same(one: Written, other: Written): boolean {
  const said = ({ marks, remark }: Written): string =>
    JSON.stringify([Object.entries(marks).filter(([, mark]) => mark !== "").sort(([a], [b]) => (a < b ? -1 : 1)), remark.trim()]);
  return said(one) === said(other);
}

export interface Page extends Written {
  readonly rev: number;
  readonly version: number;
}

/**
 * Which of the two a page that has come shows: its own (`page`), this device's (`kept`), or what the judge says (`ask`).
 *
 * A draft that was sent may be later than the page: the page before sent it while the server was writing this one. It is over
 * only when a sheet has been submitted since.
 */
export function meet(kept: Kept | null, page: Page): "page" | "kept" | "ask" {
  if (!kept || (kept.submitted && kept.state !== "other") || same(kept, page)) return "page";
  if (kept.rev === page.rev) return { waiting: "kept", sent: "page", other: "ask" }[kept.state] as "page" | "kept" | "ask"; // the server says whose it is
  if (kept.state === "sent") return kept.rev > page.rev && (kept.version ?? 0) === page.version ? "kept" : "page";
  return kept.rev > page.rev ? "kept" : "ask";
}

/** What becomes of this device's draft where it met a page: the page's own, over, or one of two that the judge chooses from. */
export function met(kept: Kept, page: Page, which: "page" | "kept" | "ask"): Kept | null {
  if (which === "ask") return { ...kept, state: "other", there: page.rev };
  if (which === "kept") return kept;
  return kept.rev === page.rev ? { ...kept, marks: page.marks, remark: page.remark, state: "sent", submitted: false } : null;
}

/** What a page would keep: `rev` is the highest number that it knows. */
export type Draft = Omit<Kept, "state" | "saved" | "there">;

/** The draft after a stroke. Between two devices' drafts nothing is sent over the other one until the judge has `chosen`. */
export function writtenOn(kept: Kept | null, draft: Draft, chosen: boolean): Kept {
  const open = kept?.state === "other" && !chosen;
  const changed = !kept || chosen || !same(kept, draft);
  if (!changed && kept.submitted === draft.submitted) return kept;
  const above = Math.max(draft.rev, kept?.rev ?? 0, kept?.there ?? 0);
  const rev = kept && (open || !changed) ? kept.rev : revAfter(above, draft.touched);
  return { ...draft, rev, state: open ? "other" : changed ? "waiting" : kept.state, saved: kept?.saved ?? 0, there: kept?.there ?? 0 };
}
