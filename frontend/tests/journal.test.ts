import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { openJournal, PassingJournal, type Journal, type Kept } from "../src/islands/exam/journal";
import { TestLane } from "./lane";

async function kept(sitting: number): Promise<Kept> {
  const seat = { ...(await TestLane.of(sitting)).seat(), sitting };
  const { seq, digest } = seat;
  return { sitting, code: "c", seat, seq, digest, sent: {}, flags: [3], current: 2, sealed: null, paper: null, skew: 0, receipt: null, touched: 0 };
}

describe.each([
  ["lasting", () => openJournal(`j${Math.random()}`)],
  ["passing", () => Promise.resolve<Journal>(new PassingJournal())],
])("the %s journal", (_kind, open) => {
  it("keeps sittings, and changes in the order of their giving", async () => {
    const journal = await open();
    await journal.keep(await kept(1));
    await Promise.all([journal.note(1, 7, "A", 10), journal.note(2, 7, "X", 11), journal.note(1, 7, "B", 12)]);
    expect((await journal.changes(1)).map((one) => [one.n, one.a, one.at])).toEqual([[7, "A", 10], [7, "B", 12]]);
    expect((await journal.read(1))?.flags).toEqual([3]);
    expect(await journal.read(9)).toBeNull();
  });

  it("moves changes into a batch, and acknowledges it with the new place", async () => {
    const journal = await open();
    const record = await kept(1);
    const change = await journal.note(1, 7, "A", 10);
    const batch = { sitting: 1, seq: 1, body: "{}", answers: [[7, "A", 10]] as const, fate: "waiting" as const };
    await journal.pack(batch, [change]);
    expect([await journal.changes(1), (await journal.batches(1)).map((one) => one.fate)]).toEqual([[], ["waiting"]]);
    await journal.acknowledge(batch, { ...record, seq: 1 });
    expect([(await journal.batches(1))[0]?.fate, (await journal.read(1))?.seq]).toEqual(["acked", 1]);
  });

  it("puts unsent rows in place of old batches and changes in one step", async () => {
    const journal = await open();
    const old = await journal.note(1, 1, "A", 1);
    const batch = { sitting: 1, seq: 4, body: "{}", answers: [], fate: "waiting" as const };
    await journal.pack(batch, []);
    await journal.rebase(await kept(1), { batches: [batch], changes: [old] }, [[2, "B", 2]]);
    expect([(await journal.changes(1)).map((one) => one.n), await journal.batches(1)]).toEqual([[2], []]);
  });

  it("forgets one sitting and no other", async () => {
    const journal = await open();
    await journal.keep(await kept(1));
    await journal.keep(await kept(2));
    await journal.note(1, 1, "A", 1);
    await journal.note(2, 1, "A", 1);
    await journal.forget(1);
    expect([await journal.read(1), await journal.changes(1), (await journal.changes(2)).length]).toEqual([null, [], 1]);
    expect((await journal.latest())?.sitting).toBe(2);
  });
});
