/**
 * What this phone keeps of each set: the questions, every answer as it is given, and whether the server has it. A set stays
 * until it was delivered and its day is long over, so that neither a lost network nor a closed page loses a day's study.
 */

import { openDatabase, request, transact } from "../../lib/idb";
import type { Answer, GivenSet } from "./model";

/** open: being answered · waiting: handed in here, not yet there · sent: the server has it · refused: it takes it no more */
export type State = "open" | "waiting" | "sent" | "refused";

export interface Row {
  readonly a: Answer;
  readonly ms: number;
  /** checked against the key: it may not be changed any more */
  readonly fixed: boolean;
}

export interface Kept {
  readonly set: string;
  readonly learner: number;
  readonly given: GivenSet;
  state: State;
  rows: Record<number, Row>;
  current: number;
  began: number;
  ended: number;
  /** when the server took it, by its own clock */
  at: number;
  /** another device had handed the same set in with other answers: that one counts */
  differs: boolean;
  reason: string;
  touched: number;
}

export interface Journal {
  /** false where the browser keeps nothing over a reload (shown to the learner) */
  readonly lasting: boolean;
  read(set: string): Promise<Kept | null>;
  all(): Promise<Kept[]>;
  /** On disk when this resolves. */
  keep(kept: Kept): Promise<void>;
  forget(set: string): Promise<void>;
}

export function fresh(given: GivenSet): Kept {
  return {
    set: given.set,
    learner: given.learner,
    given,
    state: "open",
    rows: {},
    current: 1,
    began: 0,
    ended: 0,
    at: 0,
    differs: false,
    reason: "",
    touched: 0,
  };
}

/** The body's text behind the ticket: fixed at the hand-in, the same to the byte each time it is sent. */
export function bodyOf(kept: Kept): string {
  const answers = Object.keys(kept.rows)
    .map(Number)
    .sort((a, b) => a - b)
    .map((n) => [n, kept.rows[n]!.a, Math.min(kept.rows[n]!.ms, 86_400_000)]);
  return JSON.stringify({ began: kept.began, ended: kept.ended, answers });
}

class LastingJournal implements Journal {
  readonly lasting = true;

  constructor(private readonly database: IDBDatabase) {}

  read(set: string): Promise<Kept | null> {
    return transact(this.database, ["sets"], "readonly", async (t) => {
      return (await request(t.objectStore("sets").get(set) as IDBRequest<Kept | undefined>)) ?? null;
    });
  }

  all(): Promise<Kept[]> {
    return transact(this.database, ["sets"], "readonly", (t) => request(t.objectStore("sets").getAll() as IDBRequest<Kept[]>));
  }

  keep(kept: Kept): Promise<void> {
    return transact(this.database, ["sets"], "readwrite", (t) => {
      t.objectStore("sets").put({ ...kept, touched: Date.now() });
    });
  }

  forget(set: string): Promise<void> {
    return transact(this.database, ["sets"], "readwrite", (t) => {
      t.objectStore("sets").delete(set);
    });
  }
}

/** Where the browser has no database (some private windows): the same contract, gone with the page. */
export class PassingJournal implements Journal {
  readonly lasting = false;
  private readonly kept = new Map<string, Kept>();

  read(set: string): Promise<Kept | null> {
    const found = this.kept.get(set);
    return Promise.resolve(found ? copy(found) : null);
  }

  all(): Promise<Kept[]> {
    return Promise.resolve([...this.kept.values()].map(copy));
  }

  keep(kept: Kept): Promise<void> {
    this.kept.set(kept.set, copy(kept));
    return Promise.resolve();
  }

  forget(set: string): Promise<void> {
    this.kept.delete(set);
    return Promise.resolve();
  }
}

function copy(kept: Kept): Kept {
  return { ...kept, rows: { ...kept.rows } };
}

export async function openJournal(name = "leitai-practice"): Promise<Journal> {
  try {
    return new LastingJournal(await openDatabase(name, 1, (base) => base.createObjectStore("sets", { keyPath: "set" })));
  } catch {
    return new PassingJournal();
  }
}

const DAY = 86_400_000;

/** Forgets what is over: delivered or refused a week ago, or begun and never handed in before its ticket ended. */
export async function tidy(journal: Journal, now: number): Promise<void> {
  for (const kept of await journal.all()) {
    const over = kept.state === "open" ? now > kept.given.expires : kept.state !== "waiting" && now > kept.touched + 7 * DAY;
    if (over) await journal.forget(kept.set);
  }
}
