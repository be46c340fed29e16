import { describe, expect, it } from "vitest";
import { pageAfter, stepOf } from "../src/islands/show/steps";

describe("the stage's screen", () => {
  it("turns by keyboard and by clicker", () => {
    expect(["PageDown", "ArrowRight", "Enter", " ", "PageUp", "ArrowLeft", "B", ".", "F5", "x"].map((key) => stepOf(key, false))).toEqual(
      ["next", "next", "next", "next", "back", "back", "dark", "dark", "full", null], // prettier-ignore
    );
    expect(stepOf(" ", true)).toBe("play");
  });

  it("goes from page to page, and on to the contestant's other files at the ends", () => {
    expect([pageAfter("next", 1, 3), pageAfter("next", 3, 3), pageAfter("back", 2, 3), pageAfter("back", 1, 3)]).toEqual([2, "after", 1, "before"]);
    expect([pageAfter("first", 3, 3), pageAfter("last", 1, 3), pageAfter("dark", 1, 3)]).toEqual([1, 3, null]);
    expect(pageAfter("next", 1, 0)).toBe("after"); // a picture or a video
  });
});
