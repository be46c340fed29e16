import { describe, expect, it } from "vitest";
import { backOf } from "../src/lib/back";

describe("the way back from the exam room", () => {
  it("leads to the practice that the exam belongs to", () => {
    expect(backOf("?back=/practice/open-now/", "/")).toBe("/practice/open-now/");
    expect(backOf("?back=%2Fpractice%2Fopen-now%2F", "/")).toBe("/practice/open-now/");
  });

  it("leads home where nothing or something else is asked for", () => {
    const others = ["", "?back=", "?back=/office/x/", "?back=//practice/x/", "?back=https://a.b/practice/x/", "?back=/practice/x/../../a/"];
    for (const asked of others) expect(backOf(asked, "/")).toBe("/");
  });
});
