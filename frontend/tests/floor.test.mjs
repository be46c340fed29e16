import { describe, expect, it } from "vitest";
import { check, CLEAN, PLANTED } from "../tools/floor.mjs";

describe("browser floor", () => {
  it.each(PLANTED)("finds %s: %s", (kind, text, part) => {
    expect(check(kind, text).join("\n")).toContain(part);
  });

  it.each(CLEAN)("lets %s pass: %s", (kind, text) => {
    expect(check(kind, text)).toEqual([]);
  });

  it("names line, column and the browser that lacks it", () => {
    expect(check("js", "const a = 1;\n  structuredClone(a);")).toEqual(["2:2: structuredClone is not in chrome 87, safari_ios 14.5"]);
  });

  it("does not take a script's own method for the browser's", () => {
    expect(check("js", "class Box { at(i) { return i; } }\nnew Box().at(0);")).toEqual([]);
    expect(check("js", "import {B} from './b.js'; new B().at(0);", ["export class B { at(i) { return i; } }"])).toEqual([]);
  });
});
