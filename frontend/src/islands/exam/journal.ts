/**
 * What this computer keeps of a sitting, so that neither a lost network nor a reload loses an answer:
 * every change first, then the exact text of every batch, so that a resend is the same to the byte.
 */

import { openDatabase, request, transact } from "../../lib/idb";
import type { Answer, AnswerRow, Receipt, Seat } from "./wire";

export interface Kept {
  readonly sitting: number;
  /** the admission code, for a new ticket after this one expired; wiped at hand-in */
  code: string;
  seat: Seat;
  /** last acknowledged place of the running digest */
  seq: number;
  digest: string;
  /** answers that the server has acknowledged, latest of each question */
  sent: Record<number, Answer>;
  flags: number[];
  current: number;
  /** sealed paper as fetched, opened paper as text after T0 */
  sealed: ArrayBuffer | null;
  paper: string | null;
  /** server's clock minus this computer's, for a start without network */
  skew: number;
  receipt: Receipt | null;
  touched: number;
}

export interface Change {
  readonly sitting: number;
  readonly id: number;
  readonly n: number;
  readonly a: Answer;
  readonly at: number;
}

export type Fate = "waiting" | "acked" | "late" | "refused";

export interface Batch {
  readonly sitting: number;
  readonly seq: number;
  /** `{"seq":n,"answers":[…]}`: what the digest is taken of */
  readonly body: string;
  readonly answers: readonly AnswerRow[];
  /** acked: in the server's journal · late: kept apart as evidence · refused: the sitting was closed */
  fate: Fate;
}

export interface Old {
  readonly batches: readonly Batch[];
  readonly changes: readonly Change[];
}

export interface Journal {
  /** false where the browser keeps nothing over a reload (shown to the contestant) */
  readonly lasting: boolean;
  latest(): Promise<Kept | null>;
  read(sitting: number): Promise<Kept | null>;
  keep(kept: Kept): Promise<void>;
  /** The change is on disk when this resolves. */
  note(sitting: number, n: number, a: Answer, at: number): Promise<Change>;
  changes(sitting: number): Promise<Change[]>;
  batches(sitting: number): Promise<Batch[]>;
  /** Changes leave and their batch enters in one transaction. */
  pack(batch: Batch, changes: readonly Change[]): Promise<void>;
  /** The server's word on a batch, with the new place of the digest. */
  acknowledge(batch: Batch, kept: Kept): Promise<void>;
  /** In one transaction: a new place in the server's journal, and unsent rows in place of old batches and changes. */
  rebase(kept: Kept, old: Old, rows: readonly AnswerRow[]): Promise<void>;
  forget(sitting: number): Promise<void>;
}

const STORES = ["sittings", "changes", "batches"] as const;

class LastingJournal implements Journal {
  readonly lasting = true;

  constructor(private readonly database: IDBDatabase) {}

  latest(): Promise<Kept | null> {
    return transact(this.database, ["sittings"], "readonly", async (t) => {
      const all = await request(t.objectStore("sittings").getAll() as IDBRequest<Kept[]>);
      return all.sort((a, b) => b.touched - a.touched)[0] ?? null;
    });
  }

  read(sitting: number): Promise<Kept | null> {
    return transact(this.database, ["sittings"], "readonly", async (t) => {
      return (await request(t.objectStore("sittings").get(sitting) as IDBRequest<Kept | undefined>)) ?? null;
    });
  }

  keep(kept: Kept): Promise<void> {
    return transact(this.database, ["sittings"], "readwrite", (t) => {
      t.objectStore("sittings").put({ ...kept, touched: Date.now() });
    });
  }

  note(sitting: number, n: number, a: Answer, at: number): Promise<Change> {
    return transact(this.database, ["changes"], "readwrite", async (t) => {
      const row = { sitting, n, a, at };
      const id = await request(t.objectStore("changes").add(row));
      return { ...row, id: Number(id) };
    });
  }

  changes(sitting: number): Promise<Change[]> {
    return transact(this.database, ["changes"], "readonly", (t) =>
      request(t.objectStore("changes").index("sitting").getAll(sitting) as IDBRequest<Change[]>),
    );
  }

  batches(sitting: number): Promise<Batch[]> {
    const range = IDBKeyRange.bound([sitting, 0], [sitting, Number.MAX_SAFE_INTEGER]);
    return transact(this.database, ["batches"], "readonly", (t) => request(t.objectStore("batches").getAll(range) as IDBRequest<Batch[]>));
  }

  pack(batch: Batch, changes: readonly Change[]): Promise<void> {
    return transact(this.database, ["changes", "batches"], "readwrite", (t) => {
      t.objectStore("batches").put(batch);
      for (const change of changes) t.objectStore("changes").delete(change.id);
    });
  }

  acknowledge(batch: Batch, kept: Kept): Promise<void> {
    return transact(this.database, ["sittings", "batches"], "readwrite", (t) => {
      t.objectStore("batches").put({ ...batch, fate: "acked" });
      t.objectStore("sittings").put({ ...kept, touched: Date.now() });
    });
  }

  rebase(kept: Kept, old: Old, rows: readonly AnswerRow[]): Promise<void> {
    const { sitting } = kept;
    return transact(this.database, STORES, "readwrite", (t) => {
      for (const { seq } of old.batches) t.objectStore("batches").delete([sitting, seq]);
      for (const { id } of old.changes) t.objectStore("changes").delete(id);
      for (const [n, a, at] of rows) t.objectStore("changes").add({ sitting, n, a, at });
      t.objectStore("sittings").put({ ...kept, touched: Date.now() });
    });
  }

  forget(sitting: number): Promise<void> {
    return transact(this.database, [...STORES], "readwrite", async (t) => {
      const keys = await request(t.objectStore("changes").index("sitting").getAllKeys(sitting));
      for (const key of keys) t.objectStore("changes").delete(key);
      t.objectStore("batches").delete(IDBKeyRange.bound([sitting, 0], [sitting, Number.MAX_SAFE_INTEGER]));
      t.objectStore("sittings").delete(sitting);
    });
  }
}

/** Where the browser has no database (some private windows): the same contract, gone with the page. */
export class PassingJournal implements Journal {
  readonly lasting = false;
  private readonly kept = new Map<number, Kept>();
  private noted: Change[] = [];
  private packed: Batch[] = [];
  private last = 0;

  latest(): Promise<Kept | null> {
    return Promise.resolve([...this.kept.values()].pop() ?? null);
  }

  read(sitting: number): Promise<Kept | null> {
    return Promise.resolve(this.kept.get(sitting) ?? null);
  }

  keep(kept: Kept): Promise<void> {
    this.kept.set(kept.sitting, { ...kept });
    return Promise.resolve();
  }

  note(sitting: number, n: number, a: Answer, at: number): Promise<Change> {
    this.last += 1;
    const change = { sitting, id: this.last, n, a, at };
    this.noted.push(change);
    return Promise.resolve(change);
  }

  changes(sitting: number): Promise<Change[]> {
    return Promise.resolve(this.noted.filter((one) => one.sitting === sitting));
  }

  batches(sitting: number): Promise<Batch[]> {
    return Promise.resolve(this.packed.filter((one) => one.sitting === sitting).sort((a, b) => a.seq - b.seq));
  }

  pack(batch: Batch, changes: readonly Change[]): Promise<void> {
    this.packed = this.packed.filter((one) => one.sitting !== batch.sitting || one.seq !== batch.seq).concat({ ...batch });
    const gone = new Set(changes.map((one) => one.id));
    this.noted = this.noted.filter((one) => !gone.has(one.id));
    return Promise.resolve();
  }

  async acknowledge(batch: Batch, kept: Kept): Promise<void> {
    await this.pack({ ...batch, fate: "acked" }, []);
    await this.keep(kept);
  }

  async rebase(kept: Kept, old: Old, rows: readonly AnswerRow[]): Promise<void> {
    const batches = new Set(old.batches.map((one) => one.seq));
    const changes = new Set(old.changes.map((one) => one.id));
    this.packed = this.packed.filter((one) => one.sitting !== kept.sitting || !batches.has(one.seq));
    this.noted = this.noted.filter((one) => !changes.has(one.id));
    for (const [n, a, at] of rows) await this.note(kept.sitting, n, a, at);
    await this.keep(kept);
  }

  forget(sitting: number): Promise<void> {
    this.kept.delete(sitting);
    this.noted = this.noted.filter((one) => one.sitting !== sitting);
    this.packed = this.packed.filter((one) => one.sitting !== sitting);
    return Promise.resolve();
  }
}

export async function openJournal(name = "leitai-exam"): Promise<Journal> {
  try {
    const database = await openDatabase(name, 1, (fresh) => {
      fresh.createObjectStore("sittings", { keyPath: "sitting" });
      fresh.createObjectStore("batches", { keyPath: ["sitting", "seq"] });
      fresh.createObjectStore("changes", { keyPath: "id", autoIncrement: true }).createIndex("sitting", "sitting");
    });
    return new LastingJournal(database);
  } catch {
    return new PassingJournal();
  }
}
