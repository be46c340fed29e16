import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { parse, show } from "../src/islands/judge/figures";
import { faceOf, toneBetween, type Rule } from "../src/islands/judge/face";
import { keyOf, meet, met, openJournal, PassingJournal, revAfter, same, SureJournal, tidy, writtenOn, type Draft, type Journal, type Kept } from "../src/islands/judge/journal";
import { Outbox, SignedOut, type Ack } from "../src/islands/judge/outbox";
import { levelOf, problemOf, standingOf, stepped, unfinished, type Box } from "../src/islands/judge/rubric";
import { wordsOf } from "../src/islands/judge/words";
import { NoAnswer } from "../src/lib/lane";

const words = wordsOf("zh");

function points(name: string, max: string, more: Partial<Box> = {}): Box {
  return { name, title: name, weight: "1", choices: null, min: "0", max, grain: "0.1", decimals: 1, ...more };
}

const POLICY = points("policy", "60");
const MANNER = points("manner", "20", { grain: "0.5" });
const CHECK = points("steps.check", "12", { choices: { "1": "12", "0": "0" } });

describe("a sheet's sum", () => {
  it("is exact where floats are not", () => {
    const tenths = ["a", "b", "c"].map((name) => points(name, "10"));
    expect(standingOf(tenths, { a: "0.1", b: "0.2", c: "0.3" }, words).sum).toBe("0.6"); // 0.6000000000000001 as floats
    const long = ["a", "b"].map((name) => points(name, "99999999999999999", { decimals: 9 }));
    expect(standingOf(long.map((one) => ({ ...one, grain: "0.000000001" })), { a: "90071992547409.930000001", b: "0.000000001" }, words).sum).toBe("90071992547409.930000002");
  });

  it("counts steps, grades and weights, and ratios where no decimal ends", () => {
    const grade = points("grade", "90", { choices: { 优: "90", 良: "80" }, weight: "0.4" });
    expect(standingOf([POLICY, MANNER, CHECK, grade], { policy: "51.5", manner: "18", "steps.check": "1", grade: "优" }, words)).toEqual({ sum: "117.5", missing: [], wrong: [] });
    expect(standingOf([points("a", "100", { weight: "1/3" })], { a: "86" }, words).sum).toBe("86/3");
    expect(standingOf([points("a", "100", { weight: "1/3" })], { a: "87" }, words).sum).toBe("29");
  });

  it("leaves out what is missing or wrong, and names it", () => {
    expect(standingOf([POLICY, MANNER, CHECK], { policy: "61", manner: " ", "steps.check": "0" }, words)).toEqual({ sum: "0", missing: ["manner"], wrong: ["policy"] });
  });

  it("writes figures as the server does", () => {
    expect(["86.50", "-0.5", "0", "100", "1/3", "6/4"].map((text) => show(parse(text)))).toEqual(["86.5", "-0.5", "0", "100", "1/3", "1.5"]);
  });
});

describe("what is typed", () => {
  it("is told what is wrong in the server's words", () => {
    expect(problemOf(POLICY, "61", words)).toBe("61分不在0至60分之间。请核对。");
    expect(problemOf(POLICY, "-1", words)).toBe("-1分不在0至60分之间。请核对。");
    expect(problemOf(POLICY, "8.55", words)).toBe("8.55的小数超过1位。请核对。");
    expect(problemOf(MANNER, "18.3", words)).toBe("18.3不是0.5分的整数倍。请核对。");
    expect(problemOf(MANNER, "08", words)).toBe("“08”不是数字。请写成如8.5。");
    expect(problemOf(MANNER, "１８．５", words)).toBe(""); // full width
    expect(problemOf(MANNER, "18.50", words)).toBe("");
    expect([unfinished("8."), unfinished("8.5"), unfinished("")]).toEqual([true, false, false]);
  });

  it("lies in one level, with both its ends", () => {
    const levels = [{ from: "54", to: "60" }, { from: "36", to: "53.9" }, { from: "0", to: "35.9" }]; // prettier-ignore
    const at = (mark: string): number => levelOf(levels, POLICY, mark, words);
    expect(["60", "54", "53.9", "５３．９", "36", "35.9", "0"].map(at)).toEqual([0, 0, 1, 1, 1, 2, 2]);
    expect(["", "61", "53.95", "8.", "-1", "x"].map(at)).toEqual([-1, -1, -1, -1, -1, -1]);
  });

  it("goes a grain up and down and never out of bounds", () => {
    expect(stepped(MANNER, "18", 1)).toBe("18.5");
    expect(stepped(MANNER, "18.3", 1)).toBe("18.5");
    expect(stepped(MANNER, "18.3", -1)).toBe("18");
    expect(stepped(MANNER, "20", 1)).toBe("20");
    expect(stepped(MANNER, "35", -1)).toBe("20");
    expect(stepped(POLICY, "0", -1)).toBe("0");
    expect(stepped(POLICY, "0.3", -1)).toBe("0.2");
    const band = points("score", "100", { min: "70.2", grain: "0.5" });
    expect([stepped(band, "", 1), stepped(band, "", -1), stepped(band, "70.5", -1)]).toEqual(["70.5", "100", "70.5"]);
  });
});

let count = 0;

function kept(more: Partial<Kept> = {}): Kept {
  const one = { judge: "7-1", event: 3, slot: 11, url: "/d", marks: { policy: "50" }, remark: "", rev: 5, state: "waiting", saved: 0, submitted: false, touched: 0, ...more } as Kept;
  return { ...one, key: keyOf(one.judge, one.event, one.slot) };
}

async function journalWith(...drafts: readonly Kept[]): Promise<[Journal, string]> {
  count += 1;
  const name = `judging-${count}`;
  const journal = await openJournal(name);
  for (const one of drafts) await journal.change(one.key, () => one);
  return [journal, name];
}

function lined(journal: Journal, answers: (Ack | Error)[], judge = "7-1"): { outbox: Outbox; sent: Kept[] } {
  const sent: Kept[] = [];
  const send = (one: Kept): Promise<Ack> => {
    sent.push(one);
    const answer = answers.shift() ?? { rev: one.rev, saved: 99, same: true };
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { outbox: new Outbox({ journal, judge, event: 3, door: { send }, changed: () => undefined, chance: () => 0 }), sent };
}

describe("a draft", () => {
  it("is still there after a reload", async () => {
    const [, name] = await journalWith(kept());
    const again = await openJournal(name);
    expect(again.lasting).toBe(true);
    expect((await again.read("7-1/3/11"))?.marks).toEqual({ policy: "50" });
  });

  it("is nobody's but its judge's", async () => {
    const [journal] = await journalWith(kept(), kept({ judge: "8-2", marks: { policy: "10" } }), kept({ event: 4 }));
    expect((await journal.read(keyOf("8-2", 3, 11)))?.marks).toEqual({ policy: "10" });
    expect(await journal.read(keyOf("9-3", 3, 11))).toBeNull();
    const { outbox, sent } = lined(journal, []);
    await outbox.flush();
    expect(sent.map((one) => one.key)).toEqual(["7-1/3/11"]);
    expect((await journal.read("8-2/3/11"))?.state).toBe("waiting");
  });

  it("is sent again until there is an answer, the same each time", async () => {
    const [journal] = await journalWith(kept());
    const { outbox, sent } = lined(journal, [new NoAnswer("cut")]);
    await outbox.flush();
    expect([outbox.down, (await journal.read("7-1/3/11"))?.state]).toEqual([true, "waiting"]);
    await outbox.nudge();
    expect(sent.map(({ rev, marks }) => [rev, marks])).toEqual([[5, { policy: "50" }], [5, { policy: "50" }]]); // prettier-ignore
    expect(await journal.read("7-1/3/11")).toMatchObject({ state: "sent", saved: 99 });
    await outbox.nudge();
    expect(sent).toHaveLength(2);
  });

  it("that was written on while it was away is not called delivered", async () => {
    const [journal] = await journalWith(kept());
    const sent: number[] = [];
    const send = async (one: Kept): Promise<Ack> => {
      sent.push(one.rev);
      if (one.rev === 5) await journal.change(one.key, () => kept({ rev: 6, marks: { policy: "51" } }));
      return { rev: one.rev, saved: 1, same: true };
    };
    await new Outbox({ journal, judge: "7-1", event: 3, door: { send }, changed: () => undefined }).flush();
    expect(sent).toEqual([5, 6]);
    expect(await journal.read("7-1/3/11")).toMatchObject({ rev: 6, state: "sent", marks: { policy: "51" } });
  });

  it("stays here when another device wrote later, or somebody else signed in", async () => {
    const [journal] = await journalWith(kept());
    const { outbox, sent } = lined(journal, [new SignedOut("403"), { rev: 8, saved: 1, same: false }]);
    await outbox.flush();
    expect([outbox.signedOut, outbox.down, sent.length]).toEqual([true, false, 1]);
    await outbox.nudge();
    expect(await journal.read("7-1/3/11")).toMatchObject({ state: "other", there: 8, marks: { policy: "50" } });
  });

  it("that another device wrote over in the same second stays here as well", async () => {
    const [journal] = await journalWith(kept());
    const { outbox } = lined(journal, [{ rev: 5, saved: 1, same: false }]);
    await outbox.flush();
    const left = await journal.read("7-1/3/11");
    expect(left).toMatchObject({ state: "other", there: 5, marks: { policy: "50" } });
    expect(meet(left, { marks: { policy: "40" }, remark: "", rev: 5, version: 0 })).toBe("ask");
  });

  it("is forgotten a fortnight after the server has it, and never before", async () => {
    const [journal] = await journalWith(kept({ touched: 1, state: "sent" }), kept({ touched: 1, slot: 12 }));
    await tidy(journal, 14 * 86_400_000);
    expect(await journal.all()).toHaveLength(2);
    await tidy(journal, 14 * 86_400_000 + 2);
    expect((await journal.all()).map((one) => one.slot)).toEqual([12]); // its touched may be a wrong clock's
  });

  it("meets the page that comes", () => {
    const page = { marks: { policy: "40" }, remark: "", rev: 4, version: 0 };
    expect(meet(null, page)).toBe("page");
    expect(meet(kept(), page)).toBe("kept"); // never sent: it comes back
    expect(meet(kept({ rev: 4 }), page)).toBe("kept"); // the answer was lost, or another device wrote in the same second
    expect(meet(kept({ rev: 4, state: "sent" }), page)).toBe("page"); // the server keeps it in its own words
    expect(meet(kept({ rev: 4, state: "other" }), page)).toBe("ask"); // another device, in the same second
    expect(meet(kept({ rev: 3 }), page)).toBe("ask"); // the server's is later
    expect(meet(kept({ rev: 3, marks: { policy: "40", manner: "" } }), page)).toBe("page");
    expect(meet(kept({ state: "sent", rev: 3 }), page)).toBe("page"); // written on elsewhere
    expect(meet(kept({ submitted: true }), page)).toBe("page");
    expect(meet(kept({ submitted: true, state: "other", rev: 3 }), page)).toBe("ask"); // it went off and did not arrive
  });

  it("comes back where the page was written before the draft reached the server", () => {
    // the page of the order sends it while the server writes the sheet's page, still without it
    const blank = { marks: {}, remark: "", rev: 0, version: 0 };
    expect(meet(kept({ state: "sent" }), blank)).toBe("kept");
    expect(met(kept({ state: "sent" }), blank, "kept")).toEqual(kept({ state: "sent" }));
    expect(meet(kept({ state: "sent", version: 1 }), { ...blank, version: 1 })).toBe("kept"); // marked anew
    expect(meet(kept({ state: "sent" }), { ...blank, version: 1 })).toBe("page"); // submitted since, on another device
  });

  it("of two devices is sent over the other one only when the judge says so", () => {
    const stroke = (marks: Kept["marks"]): Draft => kept({ marks, touched: 0 });
    const two = met(kept({ rev: 5 }), { marks: { policy: "40" }, remark: "", rev: 90, version: 0 }, "ask");
    expect(two).toMatchObject({ state: "other", there: 90, marks: { policy: "50" } });
    const typed = writtenOn(two, stroke({ policy: "51" }), false);
    expect(typed).toMatchObject({ state: "other", rev: 5, marks: { policy: "51" } });
    // above the other one's number, however far that device's clock is ahead
    expect(writtenOn(typed, stroke({ policy: "51" }), true)).toMatchObject({ state: "waiting", rev: 91, marks: { policy: "51" } });
  });

  it("has a number above what another page of this device wrote", () => {
    const other = kept({ rev: 900, marks: { policy: "48" } });
    expect(writtenOn(other, { ...kept({ rev: 5, marks: { policy: "49" } }), touched: 0 }, false).rev).toBe(901);
    expect(writtenOn(other, { ...kept({ rev: 5, marks: { policy: "48" } }), touched: 0 }, false)).toBe(other);
  });

  it("outlives the browser's database: opened anew, then in memory", async () => {
    const [first] = await journalWith(kept());
    const gone = (): Promise<never> => Promise.reject(new DOMException("Connection to Indexed Database server lost", "UnknownError"));
    const lost: Journal = { lasting: true, read: gone, all: gone, change: gone };
    const again = new SureJournal(lost, () => Promise.resolve(first));
    expect((await again.change("7-1/3/11", (one) => one && { ...one, rev: 6 }))?.rev).toBe(6);
    expect([again.lasting, (await first.read("7-1/3/11"))?.rev]).toEqual([true, 6]);
    const full: Journal = { lasting: true, read: (key) => first.read(key), all: () => first.all(), change: gone };
    const memory = new SureJournal(full, () => Promise.resolve(full));
    expect((await memory.change("7-1/3/11", (one) => one && { ...one, rev: 7 }))?.rev).toBe(7);
    expect([memory.lasting, (await memory.all()).map((one) => one.rev)]).toEqual([false, [7]]);
    expect(await new PassingJournal().all()).toEqual([]);
  });

  it("has a later number the later it was written", () => {
    const at = Date.UTC(2020, 0, 1) + 86_400_000;
    expect([revAfter(0, at), revAfter(86_400, at), revAfter(90_000, at)]).toEqual([86_400, 86_401, 90_001]);
    expect(revAfter(0, Date.UTC(2086, 0, 1))).toBeLessThan(2 ** 31); // the server's column
    expect([same(kept(), kept({ remark: " " })), same(kept(), kept({ remark: "稳" }))]).toEqual([true, false]);
  });
});

describe("the timekeeper's clock", () => {
  const rule: Rule = { min: 240, max: 480, stop: 540, signals: [420], parts: [] };
  const at = (seconds: number): (string | undefined)[] => {
    const { time, shape, words: said, next } = faceOf(seconds * 1000, rule, words);
    return [time, shape, said, next];
  };

  it("says in words and shape where it stands", () => {
    expect(at(61.9)).toEqual(["1:01", "half", "计时中 · 未到4:00", "剩余6:59"]);
    expect(at(300)).toEqual(["5:00", "live", "计时中", "剩余3:00"]);
    expect(at(420)).toEqual(["7:00", "warn", "7:00提示", "剩余1:00"]);
    expect(at(430)).toEqual(["7:10", "live", "计时中", "剩余0:50"]);
    expect(at(480)).toEqual(["8:00", "live", "计时中", "剩余0:00"]);
    expect(at(492.5)).toEqual(["8:12", "late", "已超时0:12", "到9:00还有0:48"]);
    expect(at(540)).toEqual(["9:00", "late", "满9:00，请停止", ""]);
  });

  it("goes through the parts", () => {
    const parts = [{ title: "陈述", seconds: 300 }, { title: "问答", seconds: 180 }]; // prettier-ignore
    expect(faceOf(299_000, { ...rule, parts }, words).next).toBe("陈述 · 剩余0:01");
    expect(faceOf(300_000, { ...rule, parts }, words).next).toBe("问答 · 剩余3:00");
  });

  it("sounds once where a moment is passed", () => {
    expect([toneBetween(419_900, 420_100, rule), toneBetween(420_100, 420_300, rule)]).toEqual(["signal", ""]);
    expect([toneBetween(479_900, 480_000, rule), toneBetween(539_000, 541_000, rule)]).toEqual(["end", "end"]);
  });
});
