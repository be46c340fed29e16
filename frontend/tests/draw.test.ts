import { describe, expect, it } from "vitest";
import text from "../../tests/kernel/draw-vectors.json?raw";
import { fromHex } from "../src/lib/bytes";
import { byCodePoint, canonical, remainder, resolve, steps, type Constraint, type Step } from "../src/islands/draw/draw1";
import { verify, type DrawRecord } from "../src/islands/draw/record";
import { commitmentOf, normaliseSecret } from "../src/islands/draw/secret";
import { wordsOf } from "../src/islands/draw/words";

interface Vectors {
  orders: { digest: string; key: string; pool: string[]; steps: Step[] }[];
  relaxed: { pool: string[]; key: string; constraints: Constraint[]; relax: number[]; attempt: number; relaxed: number[]; order: string[] };
  record: DrawRecord;
}

// worked out by openssl and bc; tests/kernel/test_draw_vectors.py reads the same file
const { orders, relaxed, record } = JSON.parse(text) as Vectors;

/** The record with one value changed: "public.numbers.0.0" names it. */
function spoilt(path: string, value: unknown): DrawRecord {
  const copy = JSON.parse(JSON.stringify(record)) as DrawRecord;
  const names = path.split(".");
  const last = names.pop()!;
  const place = names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], copy);
  (place as Record<string, unknown>)[last] = value;
  return copy;
}

const failing = (one: DrawRecord): string[] => verify(one).filter((claim) => !claim.holds).map((claim) => claim.code);

describe("draw-1", () => {
  it.each(orders.filter((one) => one.digest === "sha256"))("gives the published lots of $key", (one) => {
    expect(steps([...one.pool].reverse(), one.key)).toEqual(one.steps);
  });

  it("reads MD5's digest of RFC 3797 as the RFC does", () => {
    const digest = fromHex("990DD0A5692A029A98B5E01AA28F3459");
    expect(remainder(digest, 25)).toBe(16);
  });

  it("relaxes in the declared order after ten thousand attempts", () => {
    const found = resolve(relaxed.pool, relaxed.key, relaxed.constraints, relaxed.relax);
    expect([found.attempt, found.relaxed, found.steps.map((step) => step.drawn)]).toEqual([10002, [0], ["C", "A", "B"]]);
  });

  it("sorts by code point, not by UTF-16 unit", () => {
    expect(["𠮷", "￥", "a"].sort(byCodePoint)).toEqual(["a", "￥", "𠮷"]);
  });

  it("writes canonical JSON and refuses fractions", () => {
    expect(canonical({ b: [1, true, null], a: "甲\n", "￥": 2, "𠮷": 1 })).toBe('{"a":"甲\\n","b":[1,true,null],"￥":2,"𠮷":1}');
    expect(() => canonical(1.5)).toThrow(TypeError);
  });
});

describe("a record", () => {
  it("holds in every claim", () => {
    const claims = verify(record);
    expect(claims.map((claim) => claim.code)).toEqual([
      "manifest", "list", "reveal", "reveal", "source", "key", "attempt", "steps", "order",
    ]);
    expect(failing(record)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ["manifest.purpose", "x", ["manifest", "key", "attempt", "steps", "order"]],
    ["manifest_hash", "00", ["manifest"]],
    ["list.0.1", "x", ["list"]],
    ["reveals.0.secret", "0F1E2D3C4B5A69788796A5B4C3D2E1F0", ["reveal", "key", "attempt", "steps", "order"]],
    ["reveals.0.at", "2022-08-17T08:00:01Z", ["reveal"]],
    ["public.numbers.0.0", 7, ["source", "key", "attempt", "steps", "order"]],
    ["public.at", "2022-08-18T00:29:59Z", ["source"]],
    ["order.0", "A01", ["order"]],
    ["steps.3.index", 0, ["steps"]],
    ["attempt", 8, ["attempt"]],
  ])("with another %s does not hold", (path, value, codes) => {
    const found = failing(spoilt(path, value));
    expect(found[0]).toBe(codes[0]);
    expect(codes).toEqual(expect.arrayContaining(found));
  });

  it("by hand is never called recomputed", () => {
    expect(wordsOf("zh-Hans").claim(verify({ kind: "hand", order: ["a"], list: [] })[0]!)).toBe("人工抽签，不可重算");
  });
});

describe("a secret", () => {
  it("is committed to in its one form", () => {
    // printf %s 00112233445566778899AABBCCDDEEFF | sha256sum
    const digest = "20aff5a341131d58c07a76e062d895e0968727664b8769b79b5be4c7b80f5ff7";
    expect(commitmentOf("0011 2233 4455 6677 8899 aabb ccdd eeff")).toBe(digest);
  });

  it("of less than 128 bits is none", () => {
    expect(normaliseSecret("00112233445566778899AABBCCDDEEF")).toBe("");
    expect(commitmentOf("擂台".repeat(20))).toBe("");
  });
});
