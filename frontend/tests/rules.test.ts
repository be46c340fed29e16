import { describe, expect, it } from "vitest";
import { fromBase64 } from "../src/lib/bytes";
import { figure } from "../src/islands/chart/table";
import { fold, isAnswered, merge, sameAnswer, toggleLetter } from "../src/islands/exam/answers";
import { groups, ranges, tally, unanswered, type PaletteSource } from "../src/islands/exam/palette";
import { openPaper, type Paper } from "../src/islands/exam/paper";
import { fill, wordsOf } from "../src/islands/exam/text";
import { normaliseCode, spaced } from "../src/islands/exam/view_enter";

describe("answers", () => {
  it("knows nothing in all its forms", () => {
    expect(isAnswered("")).toBe(false);
    expect(isAnswered(["", ""])).toBe(false);
    expect(isAnswered(["", "一年"])).toBe(true);
    expect(sameAnswer("A", ["A"])).toBe(true);
  });

  it("folds to the latest of each question", () => {
    expect([...fold([[1, "A", 1], [2, "B", 2], [1, "C", 3]])]).toEqual([[1, "C"], [2, "B"]]);
  });

  it("sets and unsets letters in order", () => {
    expect(toggleLetter("C", "A")).toBe("AC");
    expect(toggleLetter("AC", "A")).toBe("C");
  });

  it("sends ours where nobody else answered, and lets another machine's answer stand", () => {
    const theirs = new Map([[1, "A"], [2, "D"], [3, "B"]]);
    const merged = merge(theirs, { 1: "A", 2: "C" }, [[1, "B", 10], [2, "A", 11], [3, "B", 12], [4, "T", 13]]);
    expect(merged).toEqual({ rows: [[1, "B", 10], [4, "T", 13]], overruled: [2] });
  });
});

const PAPER: Paper = {
  id: 7,
  version: 1,
  title: "A卷",
  exam: "x",
  minutes: 90,
  sections: [
    { type: "single", title: "单项选择题", rule: "", from: 1, to: 3, points: "1.5" },
    { type: "blank", title: "填空题", rule: "", from: 4, to: 5, points: "2" },
  ],
  items: [1, 2, 3, 4, 5].map((n) => ({ n, type: n < 4 ? "single" : "blank", stem: "", options: [], blanks: 0 })),
};

const SOURCE: PaletteSource = {
  paper: PAPER,
  current: 3,
  flags: new Set([2, 5]),
  stateOf: (n) => (n === 1 ? "sent" : n === 2 ? "local" : n === 5 ? "late" : "todo"),
  isEmpty: (n) => n > 2,
};

describe("the palette", () => {
  it("groups by section, with state, flag and cursor", () => {
    expect(groups(SOURCE).map((group) => [group.section?.title, group.cells])).toEqual([
      [
        "单项选择题",
        [
          { n: 1, state: "sent", flagged: false, current: false },
          { n: 2, state: "local", flagged: true, current: false },
          { n: 3, state: "todo", flagged: false, current: true },
        ],
      ],
      [
        "填空题",
        [
          { n: 4, state: "todo", flagged: false, current: false },
          { n: 5, state: "late", flagged: true, current: false },
        ],
      ],
    ]);
  });

  it("counts what the legend says", () => {
    expect(tally(SOURCE)).toEqual({ total: 5, sent: 1, local: 1, late: 1, todo: 2, flagged: 2, answered: 2 });
    expect(unanswered(SOURCE)).toEqual([3, 4, 5]);
  });

  it("writes runs of numbers short", () => {
    expect(ranges([1, 2, 3, 7, 9, 10])).toBe("1–3、7、9–10");
    expect(ranges([])).toBe("");
  });
});

describe("a sealed paper", () => {
  // sealed by Python's cryptography: key 00…1f, nonce 00…0b, bound to paper:7:1
  const bytes = fromBase64("AAECAwQFBgcICQoLPCC/f+ff9TevKOPu3JpaV9iLqxaGHi0PUQiLpydYfWuxcIQqb+owEO+WtQot/yg=").buffer;
  const key = new Uint8Array(32).map((_, i) => i);

  it("opens with its key", async () => {
    expect(await openPaper(bytes, key, 7, 1)).toEqual({ id: 7, items: [], version: 1 });
  });

  it("does not open as another version, or with another key", async () => {
    await expect(openPaper(bytes, key, 7, 2)).rejects.toThrow();
    await expect(openPaper(bytes, new Uint8Array(32), 7, 1)).rejects.toThrow();
  });
});

describe("words", () => {
  it("has the same words in both languages, with the same places to fill", () => {
    const zh = wordsOf("zh");
    const en = wordsOf("en");
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    const places = (text: string): string[] => [...new Set(text.match(/%\d/g) ?? [])].sort();
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect([key, places(en[key])]).toEqual([key, places(zh[key])]);
  });

  it("fills places in order", () => {
    expect(fill("第 %1 题，共 %2 题", 7, 60)).toBe("第 7 题，共 60 题");
  });

  it("reads an admission code as it is typed", () => {
    expect(normaliseCode(" abcd-efgh jkmn–pqrs ")).toBe("ABCDEFGHJKMNPQRS");
    expect(normaliseCode("OIL0")).toBe("0110");
    expect(spaced("ABCDEFGHJK")).toBe("ABCD EFGH JK");
  });

  it("reads a table's figures", () => {
    expect(["1,871.5", "97.6%", "—", ""].map(figure)).toEqual([1871.5, 97.6, null, null]);
  });
});
