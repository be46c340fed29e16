import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LaneError, NoAnswer } from "../src/lib/lane";
import { bodyOf, fresh, openJournal, PassingJournal, tidy, type Journal, type Kept } from "../src/islands/practice/journal";
import { blanksOf, isAnswered, isRight, localDay, readGiven, type GivenSet, type Question } from "../src/islands/practice/model";
import { Outbox, type Ack } from "../src/islands/practice/outbox";

const DAY = 86_400_000;

function question(changes: Partial<Question> = {}): Question {
  return { n: 1, version: 11, type: "single", stem: "一加一等于几？", options: [["A", "二"], ["B", "三"]], ...changes };
}

function given(set: string, changes: Partial<GivenSet> = {}): GivenSet {
  const questions = [question(), question({ n: 2, type: "multiple" }), question({ n: 3, type: "blank" })];
  return { set, act: "daily", title: "日日学", learner: 7, ticket: `t-${set}`, day: "2026-11-22", expires: 9 * DAY, answers: "at-once", questions, href: `/s/${set}/`, ...changes };
}

function handedIn(set: string, ended: number): Kept {
  const rows = { 2: { a: "AC", ms: 9000, fixed: true }, 1: { a: "A", ms: 4200, fixed: true }, 3: { a: ["甲", "乙"], ms: 86_400_009, fixed: false } };
  return { ...fresh(given(set)), state: "waiting", rows, began: 1000, ended };
}

describe("the body of a set", () => {
  it("has the answers by number, their times bounded, and is the same each time", () => {
    const body = bodyOf(handedIn("aa", 16_000));
    expect(body).toBe('{"began":1000,"ended":16000,"answers":[[1,"A",4200],[2,"AC",9000],[3,["甲","乙"],86400000]]}');
    expect(bodyOf(handedIn("aa", 16_000))).toBe(body);
  });
});

describe("a question held against its key", () => {
  it.each([
    ["single", "B", "B", true],
    ["single", "B", "A", false],
    ["multiple", "AC", "CA", true],
    ["multiple", "AC", "A", false],
    ["multiple", "AC", "ABC", false],
    ["judge", "T", "T", true],
    ["judge", "T", undefined, false],
  ] as const)("%s with key %s and answer %s", (type, key, answer, right) => {
    expect(isRight(question({ type, key }), answer)).toBe(right);
  });

  it("takes each blank's variants in one width, without white space and case", () => {
    const one = question({ type: "blank", key: [["３０日", "三十日"], ["Abc"]] });
    expect(isRight(one, [" 30 日", "ａＢＣ"])).toBe(true);
    expect(isRight(one, ["三十日", "abc"])).toBe(true);
    expect(isRight(one, ["三十", "abc"])).toBe(false);
    expect(isRight(one, ["三十日"])).toBe(false);
  });

  it("says nothing without a key", () => {
    expect(isRight(question(), "A")).toBeNull();
    expect(isRight(question({ key: null }), "A")).toBeNull();
  });

  it("knows how many blanks there are: told, by the key, or by the stem", () => {
    expect(blanksOf(question({ type: "blank", blanks: 3 }))).toBe(3);
    expect(blanksOf(question({ type: "blank", key: [["a"], ["b"]] }))).toBe(2);
    expect(blanksOf(question({ type: "blank", stem: "民法典自____年____起施行。" }))).toBe(2);
    expect(blanksOf(question({ type: "blank", stem: "自（　　）起施行。" }))).toBe(1);
    expect(blanksOf(question({ type: "blank", stem: "没有空" }))).toBe(1);
  });

  it("takes white space for no answer", () => {
    expect([isAnswered(undefined), isAnswered(""), isAnswered([" ", ""]), isAnswered(["", "x"]), isAnswered("A")]).toEqual([false, false, false, true, true]);
  });
});

describe("the day of the house", () => {
  it("begins at 16:00 UTC", () => {
    expect(localDay(Date.UTC(2026, 10, 22, 15, 59, 59))).toBe("2026-11-22");
    expect(localDay(Date.UTC(2026, 10, 22, 16, 0, 0))).toBe("2026-11-23");
  });
});

describe("what the page gives", () => {
  const urls = { today: "/practice/x/", set: "/practice/x/sets/{set}/", again: "/practice/x/study/daily/", item: "/practice/x/items/{item}/" };
  const data = { lane: "http://lane", title: "日日学", learner: 7, atOnce: true, left: 1, urls, sets: [{ ...given("ab"), questions: [{ ...question(), item: 5 }] }] };
  const root = (text: string): Element => ({ querySelector: () => ({ textContent: text }) }) as unknown as Element;

  it("is read with its addresses filled in", () => {
    const read = readGiven(root(JSON.stringify(data)), "纠错");
    expect([read.lane, read.learner, read.home, read.again]).toEqual(["http://lane", 7, "/practice/x/", ""]);
    expect(read.sets[0]?.href).toBe("/practice/x/sets/ab/");
    expect(read.sets[0]?.answers).toBe("at-once");
    expect(read.sets[0]?.questions[0]?.links).toEqual([["纠错", "/practice/x/items/5/"]]);
    expect(readGiven(root(JSON.stringify({ ...data, left: 2 })), "").again).toBe("/practice/x/study/daily/");
    expect(readGiven(root(JSON.stringify({ ...data, left: null })), "").again).toBe("/practice/x/study/daily/");
  });

  it("is nothing where the page is broken", () => {
    expect(readGiven(root("{"), "").sets).toEqual([]);
  });
});

describe.each([
  ["lasting", () => openJournal(`p${Math.random()}`)],
  ["passing", () => Promise.resolve<Journal>(new PassingJournal())],
])("the %s journal", (_kind, open) => {
  it("keeps a set with every answer", async () => {
    const journal = await open();
    await journal.keep(handedIn("aa", 5));
    await journal.keep({ ...handedIn("bb", 6), state: "open" });
    expect((await journal.read("aa"))?.rows[3]?.a).toEqual(["甲", "乙"]);
    expect((await journal.all()).map((one) => [one.set, one.state]).sort()).toEqual([["aa", "waiting"], ["bb", "open"]]);
    await journal.forget("aa");
    expect(await journal.read("aa")).toBeNull();
  });

  it("forgets what is over and never what is not delivered", async () => {
    const journal = await open();
    vi.setSystemTime(0);
    for (const state of ["open", "waiting", "sent", "refused"] as const) await journal.keep({ ...handedIn(state, 5), state });
    // the passing one does not note when it was touched: it ends with the page anyway
    await tidy(journal, 8 * DAY);
    expect((await journal.all()).map((one) => one.set).sort()).toEqual(["open", "waiting"]);
    await tidy(journal, 9 * DAY + 1);
    expect((await journal.all()).map((one) => one.set)).toEqual(["waiting"]);
  });
});

describe("the outbox", () => {
  let journal: Journal;
  let outbox: Outbox;
  let calls: [string, string][];
  let replies: (Ack | Error)[];
  let seen: string[];

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    journal = await openJournal(`o${Math.random()}`);
    calls = [];
    replies = [];
    seen = [];
    const handIn = (ticket: string, body: string): Promise<Ack> => {
      calls.push([ticket, body]);
      const reply = replies.shift() ?? { set: "", at: 99 };
      return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
    };
    outbox = new Outbox({ wire: { handIn }, journal, learner: 7, changed: (kept) => seen.push(`${kept.set} ${kept.state}`), chance: () => 0 });
  });

  afterEach(() => {
    outbox.stop();
    vi.useRealTimers();
  });

  it("sends what waits, oldest first, and only this learner's", async () => {
    await journal.keep(handedIn("new", 20));
    await journal.keep(handedIn("old", 10));
    await journal.keep({ ...handedIn("hers", 5), learner: 8 });
    await journal.keep({ ...handedIn("begun", 1), state: "open" });
    await outbox.flush();
    expect(calls.map(([ticket]) => ticket)).toEqual(["t-old", "t-new"]);
    expect(seen).toEqual(["old sent", "new sent"]);
    expect((await journal.read("old"))?.at).toBe(99);
    expect((await journal.read("hers"))?.state).toBe("waiting");
  });

  it("keeps a set without network and sends the same bytes later", async () => {
    await journal.keep(handedIn("aa", 10));
    replies = [new NoAnswer("x"), new LaneError(503, "busy", "", {}, 5)];
    await outbox.flush();
    expect([outbox.down, (await journal.read("aa"))?.state]).toEqual([true, "waiting"]);
    await vi.advanceTimersByTimeAsync(499); // half of the first second is the least
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    await vi.advanceTimersByTimeAsync(4990); // the lane asked for five seconds
    expect(calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(20);
    await vi.waitFor(async () => expect((await journal.read("aa"))?.state).toBe("sent"));
    expect(new Set(calls.map(([, body]) => body)).size).toBe(1);
    expect(outbox.down).toBe(false);
  });

  it("goes on at once when the network is back", async () => {
    await journal.keep(handedIn("aa", 10));
    replies = [new NoAnswer("x")];
    await outbox.flush();
    await outbox.nudge();
    expect((await journal.read("aa"))?.state).toBe("sent");
  });

  it("puts a refusal for good aside and goes on with the next", async () => {
    await journal.keep(handedIn("old", 10));
    await journal.keep(handedIn("new", 20));
    replies = [new LaneError(410, "set_expired", "已过补交期限")];
    await outbox.flush();
    const old = await journal.read("old");
    expect([old?.state, old?.reason]).toEqual(["refused", "已过补交期限"]);
    expect((await journal.read("new"))?.state).toBe("sent");
    await outbox.flush();
    expect(calls).toHaveLength(2);
  });

  it("says when another device's answers count", async () => {
    await journal.keep(handedIn("aa", 10));
    replies = [{ set: "aa", at: 3, repeat: true, differs: true }];
    await outbox.flush();
    const kept = await journal.read("aa");
    expect([kept?.state, kept?.at, kept?.differs]).toEqual(["sent", 3, true]);
  });
});
