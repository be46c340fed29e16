import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../src/islands/upload/text";
import { sentenceIn, tokenOf } from "../src/islands/upload/wire";
import { leftText, Pace, percent, phaseText, refusalOf, sizeText, type Shown } from "../src/islands/upload/words";

const MB = 1024 * 1024;
const HALF: Shown = { phase: "sending", sent: 5 * MB, size: 12 * MB, checked: 0, left: null, sentence: "" };

afterEach(() => speak("zh-Hans"));

describe("what is said of an upload", () => {
  it("tells how far it is, and how long the rest takes once that is known", () => {
    expect(phaseText(HALF)).toBe("已传5 MB／12 MB（41%）");
    expect(phaseText({ ...HALF, left: 61_000 })).toBe("已传5 MB／12 MB（41%），约剩2分钟");
    speak("en");
    expect(phaseText({ ...HALF, left: 900 })).toBe("5 MB of 12 MB sent (41%), about 1 s left");
  });

  it("gives the server's sentence where there is one", () => {
    expect(phaseText({ ...HALF, phase: "refused", sentence: "“甲.pdf”不完整。" })).toBe("“甲.pdf”不完整。");
    expect(phaseText({ ...HALF, phase: "failed" })).toBe("上传中断。请点“继续”重试，已传部分不会丢失。");
    expect(phaseText({ ...HALF, phase: "checking", checked: 40 })).toBe("已传完，正在检查（40%）");
    expect(phaseText({ ...HALF, phase: "unfinished" })).toBe("上次传到5 MB／12 MB，请重新选择该文件，从断点续传");
  });

  it("writes sizes and times as the server does", () => {
    expect([5, 1024, 3.5 * MB, 10 * MB - 1, 2048 * MB].map(sizeText)).toEqual(["5字节", "1 KB", "3.5 MB", "9.9 MB", "2 GB"]);
    expect([0, 59_000, 60_000, 3_600_000, 5_460_000].map(leftText)).toEqual(["1秒", "59秒", "1分钟", "1小时0分钟", "1小时31分钟"]);
    expect([percent(0, 0), percent(1, 3), percent(9, 3)]).toEqual([0, 33, 100]);
  });
});

describe("a file that need not be sent", () => {
  const types = [".pdf", ".jpg"];

  it("is refused with the same sentence as the server's", () => {
    expect(refusalOf({ name: "a.pdf", size: 0 }, 10, types)).toBe("“a.pdf”是空文件。请检查后重新选择。");
    expect(refusalOf({ name: "a.pdf", size: 11 * MB }, 10 * MB, types)).toBe("“a.pdf”过大。每个文件不超过10 MB，请压缩或拆分后上传。");
    expect(refusalOf({ name: "a.exe", size: 1 }, 10, types)).toBe("“a.exe”的格式不在接收范围内。可上传的格式：.pdf、.jpg。");
  });

  it("is not one whose name is in capitals", () => {
    expect(refusalOf({ name: "A.PDF", size: 10 }, 10, types)).toBe("");
  });
});

describe("the pace", () => {
  it("is that of the last seconds", () => {
    const pace = new Pace(8000);
    expect(pace.left(1000)).toBeNull();
    pace.note(0, 0);
    pace.note(500, 400); // too short to tell
    expect(pace.left(1000)).toBeNull();
    pace.note(10_000, 500);
    pace.note(12_000, 700);
    expect(pace.left(1000)).toBe(3000); // 200 in 2 s, 300 to go
    pace.reset();
    expect(pace.left(1000)).toBeNull();
  });
});

describe("the server's answer", () => {
  it("is read as a sentence, or as none", () => {
    expect(sentenceIn('{"code":"files_type","sentence":"不收。"}')).toBe("不收。");
    expect([sentenceIn("<html>"), sentenceIn('{"sentence":3}'), sentenceIn("")]).toEqual(["", "", ""]);
  });

  it("names the upload by the last part of its address", () => {
    expect(tokenOf("http://127.0.0.1:8000/files/up/Ab-_9")).toBe("Ab-_9");
  });
});
