import { describe, expect, it } from "vitest";
import { Held, keyName, Keys } from "../src/islands/stage/keyboard";

describe("several seats at one computer", () => {
  it("names a key by its place, whatever an input method or capitals make of it", () => {
    const names = [["1", "Digit1"], ["1", "Numpad1"], ["Process", "KeyA"], ["A", "KeyA"], [" ", "Space"], ["b", ""]];
    expect(names.map(([key = "", code = ""]) => keyName({ key, code }))).toEqual(["1", "1", "A", "A", "SPACE", "B"]);
    expect(["Tab", "F5", "ShiftLeft", "Escape", "Enter"].map((code) => keyName({ key: code, code }))).toEqual(["", "", "", "", ""]);
  });

  it("gives the seats 1, 2, 3 … and never one key to two", () => {
    const keys = new Keys(["2", "5", "7"]);
    expect(["2", "5", "7"].map((seat) => keys.of(seat))).toEqual(["1", "2", "3"]);
    keys.give("7", "1");
    expect(["2", "5", "7"].map((seat) => keys.of(seat))).toEqual(["3", "2", "1"]);
    expect([keys.whose("1"), keys.whose("9"), keys.whose("")]).toEqual(["7", "", ""]);
  });

  it("keeps what was chosen at this computer, for the seats that are there", () => {
    const keys = new Keys(["1", "2"], { "2": "SPACE", "9": "1" });
    expect([keys.of("1"), keys.of("2"), keys.of("9")]).toEqual(["1", "SPACE", ""]);
    expect(new Keys(["1", "2"], keys.plain()).whose("SPACE")).toBe("2");
  });

  it("counts a key once from down to up, and no repeat of a key that was down before", () => {
    const held = new Held();
    expect([held.press("1", false), held.press("1", false), held.press("2", false)]).toEqual([true, false, true]);
    held.lift("1");
    expect([held.press("1", false), held.press("", false)]).toEqual([true, false]);
    held.forget();
    expect([held.press("1", true), held.press("2", false)]).toEqual([false, true]);
  });
});
