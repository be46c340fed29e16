import { describe, expect, it } from "vitest";
import { concat, fromBase64, fromHex, hex, utf8, wellFormed } from "../src/lib/bytes";
import { sha256, sha256Plain } from "../src/lib/sha256";
import { batchBody, nextDigest, startDigest } from "../src/islands/exam/chain";

// computed with Python's hashlib
const GOLDEN: [string, string][] = [
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["擂台", "48c9ab0333cc0e492309e1618f521bb79b44481f3817eaa42bb0941e5417ca26"],
  ["a".repeat(55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"],
  ["a".repeat(56), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"],
  ["a".repeat(64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"],
  ["人社知识通".repeat(100), "5a2462618cbaf92708e62752d89ebd3b6b7da3ec4c0fdb8ff48c06db0ab18963"],
];

describe("sha256", () => {
  it.each(GOLDEN)("plain JavaScript gives hashlib's digest of %s", (text, digest) => {
    expect(hex(sha256Plain(utf8(text)))).toBe(digest);
  });

  it.each(GOLDEN)("WebCrypto gives the same for %s", async (text, digest) => {
    expect(hex(await sha256(utf8(text)))).toBe(digest);
  });

  it("agrees with WebCrypto for every length of two blocks", async () => {
    for (let n = 0; n <= 130; n += 1) {
      const data = new Uint8Array(n).map((_, i) => (i * 7 + n) & 255);
      expect(hex(sha256Plain(data))).toBe(hex(new Uint8Array(await crypto.subtle.digest("SHA-256", data))));
    }
  });
});

describe("the journal's digest", () => {
  it("starts from the sitting's name", async () => {
    expect(await startDigest(42)).toBe("9f8b436261de47d47b4b3d0b2dca56d494fd31613f041af29760cd81d1fc1c0f");
  });

  it("follows the lane's chain over three batches", async () => {
    const bodies = [
      batchBody(1, [
        [1, "A", 1700000000000],
        [2, "AC", 1700000000500],
      ]),
      batchBody(2, [[91, ["一个月", '3个月\n"引号"\t\u0007'], 1700000001000]]),
      batchBody(3, [[1, "", 1700000002000]]),
    ];
    expect(bodies[0]).toBe('{"seq":1,"answers":[[1,"A",1700000000000],[2,"AC",1700000000500]]}');
    expect(bodies[1]).toBe('{"seq":2,"answers":[[91,["一个月","3个月\\n\\"引号\\"\\t\\u0007"],1700000001000]]}');
    let digest = await startDigest(42);
    const chain: string[] = [];
    for (const body of bodies) chain.push((digest = await nextDigest(digest, body)));
    expect(chain).toEqual([
      "6487e95f110400e094a227b2e632ef09cf7863a894a11f1045f78c25aa0d4f6b",
      "67439493d47159c0847558df28820ec9185997390df7099f58119e857be0bbe6",
      "70cf8a731d93c069d5adce54d78568e83621cb33f782626a2f50f6a0cc298198",
    ]);
  });

  it("writes times as whole numbers and lone surrogates as U+FFFD", () => {
    expect(batchBody(1, [[1, ["a\ud800b"], 5.9]])).toBe('{"seq":1,"answers":[[1,["a\ufffdb"],5]]}');
  });
});

describe("bytes", () => {
  it("reads and writes hex, base64 and joins", () => {
    expect(hex(fromHex("00ff10"))).toBe("00ff10");
    expect(() => fromHex("abc")).toThrow(RangeError);
    expect([...fromBase64("AQID")]).toEqual([1, 2, 3]);
    expect([...concat(new Uint8Array([1]), new Uint8Array([2, 3]))]).toEqual([1, 2, 3]);
    expect(wellFormed("𠮷好")).toBe("𠮷好");
  });
});
