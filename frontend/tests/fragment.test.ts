import { describe, expect, it } from "vitest";
import { readCode } from "../src/lib/fragment";

describe("the code of a slip in an address", () => {
  it("is taken as it stands, grouped or not", () => {
    expect(readCode("#ABCD-EFGH-JKMN-PQRS")).toBe("ABCD-EFGH-JKMN-PQRS");
    expect(readCode("#abcdefghjkmnpqrs")).toBe("abcdefghjkmnpqrs");
  });

  it("is nothing where something else stands", () => {
    for (const hash of ["", "#", "#main", "#ABCD", "#<b>ABCDEFGHJKMNPQRS</b>", `#${"A".repeat(25)}`]) expect(readCode(hash)).toBe("");
  });
});
