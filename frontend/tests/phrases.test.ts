import { describe, expect, it, vi } from "vitest";
import { phrasesOf } from "../src/lib/phrases";

/** Whether a line may end after the first part of `whole`, which stands before the bar. */
const breaks = (whole: string): boolean => {
  const [before = "", after = ""] = whole.split("|");
  let held = "";
  return phrasesOf(before + after).some((part) => ((held += part), held === before));
};

describe("where a Chinese heading may break", () => {
  it.each(["2022年度四川人社窗口|单位业务技能练兵比武活动", "自治区公共|就业服务业务竞赛", "内蒙古自治区|第二届公共就业服务专项业务竞赛", "选拔赛|结束"])(
    "between words: %s",
    (whole) => expect(breaks(whole)).toBe(true),
  );

  it.each([
    "2022年度四川人社窗口单|位业务技能练兵比武活动",
    "2022|年度四川人社",
    "内蒙|古自治区第二届公共就业服务",
    "自治区公共就|业服务业务竞赛",
    "市（州）选拔赛结|束，选手名单已确认",
    "市（州|）选拔赛结束",
    "选拔|赛结束",
  ])("not within one: %s", (whole) => expect(breaks(whole)).toBe(false));

  it("loses nothing", () => {
    const title = "窗口就是赛场：综合服务大厅开展“周周练”现场观摩 2026 v1.2";
    expect(phrasesOf(title).join("")).toBe(title);
  });

  it("leaves a heading whole where the browser knows no words", () => {
    vi.stubGlobal("Intl", {});
    expect(phrasesOf("公共就业服务竞赛")).toEqual(["公共就业服务竞赛"]);
    vi.unstubAllGlobals();
  });
});
