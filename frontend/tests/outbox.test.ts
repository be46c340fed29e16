import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openJournal, type Journal, type Kept } from "../src/islands/exam/journal";
import { Outbox } from "../src/islands/exam/outbox";
import { TestLane } from "./lane";

let lane: TestLane;
let journal: Journal;
let outbox: Outbox;
let count = 0;
let name = "";
let mine = true;

function keep(seat = lane.seat()): Kept {
  return {
    sitting: 42,
    code: "ABCDEFGHJKMNPQRS",
    seat,
    seq: seat.seq,
    digest: seat.digest,
    sent: Object.fromEntries(seat.answers),
    flags: [],
    current: 1,
    sealed: null,
    paper: null,
    skew: 0,
    receipt: null,
    touched: 0,
  };
}

async function boot(kept: Kept): Promise<Outbox> {
  const box = new Outbox(kept, {
    wire: lane.wire,
    journal,
    device: "d",
    changed: () => undefined,
    heard: () => undefined,
    mine: () => mine,
    chance: () => 0,
  });
  await box.load();
  return box;
}

/** What a reload does: nothing of the page's memory stays. */
async function reload(): Promise<Outbox> {
  outbox.stop("shut");
  journal = await openJournal(name);
  return boot((await journal.read(42))!);
}

beforeEach(async () => {
  vi.useRealTimers();
  mine = true;
  count += 1;
  name = `journal-${count}`;
  journal = await openJournal(name);
  lane = await TestLane.of(42);
  const kept = keep();
  await journal.keep(kept);
  outbox = await boot(kept);
});

afterEach(() => outbox.stop("shut"));

describe("sending", () => {
  it("says sent only after the lane's digest is ours", async () => {
    await outbox.answer(1, "A", 1000);
    expect(outbox.stateOf(1)).toBe("local");
    await outbox.flush();
    expect(outbox.stateOf(1)).toBe("sent");
    expect(outbox.kept.digest).toBe(lane.digest);
    expect(lane.bodies).toEqual(['{"seq":1,"answers":[[1,"A",1000]]}']);
  });

  it("keeps quick changes in order and in one batch", async () => {
    const given = [outbox.answer(41, "A", 1), outbox.answer(41, "AB", 2), outbox.answer(42, "C", 3)];
    expect(outbox.answerOf(41)).toBe("AB"); // before the disk has answered
    await Promise.all(given);
    await outbox.flush();
    expect(lane.bodies).toEqual(['{"seq":1,"answers":[[41,"A",1],[41,"AB",2],[42,"C",3]]}']);
    expect(outbox.unsent).toEqual([]);
  });

  it("numbers batches one after the other", async () => {
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    await outbox.answer(1, "", 2);
    await outbox.flush();
    expect(lane.bodies.map((body) => (JSON.parse(body) as { seq: number }).seq)).toEqual([1, 2]);
    expect(outbox.stateOf(1)).toBe("todo");
  });

  it("does not send more than 200 rows at once", async () => {
    for (let i = 0; i < 450; i += 1) await outbox.answer(1 + (i % 60), "A", i);
    await outbox.flush();
    expect(lane.bodies.map((body) => (JSON.parse(body) as { answers: unknown[] }).answers.length)).toEqual([200, 200, 50]);
  });

  it("stays silent while another tab holds the sitting", async () => {
    mine = false;
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    expect(lane.arrived).toEqual([]);
    expect(outbox.stateOf(1)).toBe("local");
  });
});

describe("a lost network", () => {
  it("keeps the answer here, says so, and sends it when the lane is back", async () => {
    lane.faults.push("lost");
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    expect([outbox.stateOf(1), outbox.downSince !== null, outbox.unsent]).toEqual(["local", true, [1]]);
    await outbox.flush();
    expect([outbox.stateOf(1), outbox.downSince]).toEqual(["sent", null]);
  });

  it("resends a batch whose reply was lost, the same to the byte, and the lane stores it once", async () => {
    lane.faults.push("reply lost");
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    await outbox.answer(2, "B", 2); // must not slip into the batch under way
    await outbox.flush();
    expect(lane.arrived[1]).toBe(lane.arrived[0]);
    expect(lane.bodies).toEqual(['{"seq":1,"answers":[[1,"A",1]]}', '{"seq":2,"answers":[[2,"B",2]]}']);
    expect(outbox.kept.digest).toBe(lane.digest);
  });

  it("loses nothing over a reload without network", async () => {
    lane.faults.push("lost", "lost");
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    await outbox.answer(2, "B", 2);
    outbox = await reload();
    expect([outbox.answerOf(1), outbox.answerOf(2), outbox.stateOf(1)]).toEqual(["A", "B", "local"]);
    await outbox.flush(); // still down
    await outbox.flush();
    expect(lane.bodies).toEqual(['{"seq":1,"answers":[[1,"A",1]]}', '{"seq":2,"answers":[[2,"B",2]]}']);
    expect(outbox.unsent).toEqual([]);
  });

  it("resends the same bytes after a reload that lost the reply", async () => {
    lane.faults.push("reply lost");
    await outbox.answer(91, ["一个月", "一年"], 1);
    await outbox.flush();
    outbox = await reload();
    await outbox.flush();
    expect(lane.arrived[1]).toBe(lane.arrived[0]);
    expect([outbox.stateOf(91), lane.bodies.length]).toEqual(["sent", 1]);
  });

  it("waits when the lane is busy, without calling that offline", async () => {
    lane.faults.push("busy");
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    expect([outbox.stateOf(1), outbox.downSince, outbox.busy]).toEqual(["local", null, true]);
    await outbox.flush();
    expect([outbox.stateOf(1), outbox.busy]).toEqual(["sent", false]);
  });
});

describe("mending", () => {
  it("does not call an answer sent when the digest differs, and agrees with the lane afterwards", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    lane.faults.push("wrong digest");
    await outbox.answer(1, "A", 1);
    const flushed = outbox.flush();
    await vi.waitFor(() => expect(outbox.stateOf(1)).toBe("sent")); // by the lane's own state, asked anew
    await flushed;
    expect(outbox.kept.digest).toBe(lane.digest);
  });

  it("takes the lane's place when another batch has its number, and sends its own as the next", async () => {
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    await outbox.answer(2, "B", 2);
    await lane.elsewhere([[3, "C", 9]]);
    lane.epoch = 1; // the same epoch: a conflict, not a take-over
    await outbox.flush();
    await outbox.flush();
    expect(lane.bodies.slice(1)).toEqual(['{"seq":2,"answers":[[3,"C",9]]}', '{"seq":3,"answers":[[2,"B",2]]}']);
    expect([outbox.answerOf(3), outbox.kept.digest]).toEqual(["C", lane.digest]);
  });

  it("gives acknowledged batches again, byte for byte, to a lane that was restored", async () => {
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    await outbox.answer(2, "B", 2);
    await outbox.flush();
    const before = [...lane.bodies];
    const digest = lane.digest;
    await lane.restoreTo(0);
    await outbox.look();
    await outbox.flush();
    expect([lane.bodies, lane.digest, outbox.unsent]).toEqual([before, digest, []]);
  });

  it("renews an expired ticket with the code and goes on", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    lane.expired = true;
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    expect([outbox.standing, outbox.stateOf(1)]).toEqual(["live", "local"]);
    await outbox.flush();
    expect(outbox.stateOf(1)).toBe("sent");
  });
});

describe("the end", () => {
  it("stops at a take-over, keeps what was not sent, and lets the other machine's answer stand on return", async () => {
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    await lane.elsewhere([[2, "D", 9]]);
    await outbox.answer(2, "B", 2);
    await outbox.answer(5, "C", 3);
    await outbox.flush();
    expect([outbox.standing, outbox.reason, outbox.unsent]).toEqual(["taken", "另一台设备", [2, 5]]);
    lane.epoch += 1;
    await outbox.resume(lane.seat());
    await outbox.flush();
    expect([outbox.answerOf(2), outbox.overruled, outbox.answerOf(5), outbox.stateOf(5)]).toEqual(["D", [2], "C", "sent"]);
  });

  it("marks a batch after the deadline as late, not as sent", async () => {
    lane.deadline = -1;
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    expect([outbox.stateOf(1), outbox.lateCount, outbox.unsent, lane.late.length]).toEqual(["late", 1, [], 1]);
    outbox = await reload();
    expect([outbox.stateOf(1), outbox.lateCount]).toEqual(["late", 1]);
  });

  it("stops when the sitting is closed", async () => {
    lane.state = "closed";
    await outbox.answer(1, "A", 1);
    await outbox.flush();
    expect([outbox.standing, outbox.stateOf(1), outbox.lateCount, outbox.refusedCount]).toEqual(["shut", "late", 0, 1]);
  });
});
