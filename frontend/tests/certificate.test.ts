import { describe, expect, it } from "vitest";
import text from "../../tests/rooms/certificates/vectors.json?raw";
import { check, openKeys, openStatus, tokenOf, type SignedFile } from "../src/islands/certificate/check";
import { verify } from "../src/islands/certificate/ed25519";
import { sha512 } from "../src/islands/certificate/sha512";
import { moment, wordsOf } from "../src/islands/certificate/words";

// signed by the house's suite; tests/rooms/certificates/test_token.py checks the same file with tools/ed25519.py
const vectors = JSON.parse(text) as {
  public: string;
  tokens: Record<"valid" | "rare" | "revoked" | "superseded" | "newer" | "stranger", string>;
  keys: SignedFile;
  status: SignedFile;
  foreign_status: SignedFile;
};
const keys = openKeys(vectors.keys)!;
const status = openStatus(vectors.status, keys)!;
const hex = (data: Uint8Array): string => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (words: string): Uint8Array => Uint8Array.from(words.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** The same token with one letter of a part exchanged: 2 is the body, 3 the signature. */
function spoilt(token: string, part: number): string {
  const parts = token.split(".");
  const letter = parts[part]![5]!;
  parts[part] = parts[part]!.slice(0, 5) + (letter === "A" ? "B" : "A") + parts[part]!.slice(6);
  return parts.join(".");
}

describe("SHA-512", () => {
  it.each([
    // printf '' | sha512sum ; printf abc | sha512sum
    ["", "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"],
    ["abc", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"],
  ])("of %j is the published one", (message, digest) => {
    expect(hex(sha512(new TextEncoder().encode(message)))).toBe(digest);
  });

  // python3 -c 'print(hashlib.sha512(b"a" * 111).hexdigest()[:32])'
  it.each([
    [111, "fa9121c7b32b9e01733d034cfc78cbf6"],
    [112, "c01d080efd492776a1c43bd23dd99d0a"],
    [127, "828613968b501dc00a97e08c73b118aa"],
    [128, "b73d1929aa615934e61a871596b3f3b3"],
    [300, "a6a77010dd9696c23831e6549de51724"],
  ])("of %d letters is hashlib's", (length, digest) => {
    expect(hex(sha512(new Uint8Array(length).fill(97))).slice(0, 32)).toBe(digest);
  });
});

describe("Ed25519", () => {
  // RFC 8032, 7.1, TEST 2
  const key = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const signature = bytes(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  );

  it("holds for the RFC's vector and for nothing else", () => {
    expect(verify(key, Uint8Array.of(0x72), signature)).toBe(true);
    expect(verify(key, Uint8Array.of(0x73), signature)).toBe(false);
    expect(verify(key, Uint8Array.of(0x72), signature.map((byte, at) => (at === 40 ? byte ^ 1 : byte)))).toBe(false);
    expect(verify(key.subarray(1), Uint8Array.of(0x72), signature)).toBe(false);
  });

  it("refuses a scalar that is not below the group's order", () => {
    const order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let carry = 0;
    const second = signature.slice();
    for (let at = 0; at < 32; at += 1) {
      const sum = signature[32 + at]! + order[at]! + carry;
      second[32 + at] = sum & 255;
      carry = sum >> 8;
    }
    expect(verify(key, Uint8Array.of(0x72), second)).toBe(false);
  });
});

describe("a certificate's code", () => {
  it("is valid as of the list's time, and says what it claims", () => {
    const answer = check(`https://leitai.example/c/v/#${vectors.tokens.valid}`, keys, status);
    expect([answer.verdict, answer.asOf]).toEqual(["valid", "2022-07-21T02:00:00.000000Z"]);
    expect(answer.claim).toEqual({
      serial: "2022-X-SCHOLAR-0001", holder: "贺知秋", award: "人社知识通", delegation: "自贡市", season: "small-contest", day: "2022-07-18",
    });
    expect([answer.title, answer.issuer]).toEqual(["2022年度窗口业务练兵比武", "比武活动办公室"]);
    expect(answer.fingerprint).toMatch(/^lt1:[0-9a-f]{32}$/);
    expect(wordsOf("zh-Hans").told(answer)).toContain("截至2022-07-21 10:00（北京时间）");
  });

  it("keeps a rare character", () => {
    expect(check(vectors.tokens.rare, keys, status).claim?.holder).toBe("㛃䶮");
  });

  it("is revoked, or superseded by a number", () => {
    expect(check(vectors.tokens.revoked, keys, status)).toMatchObject({ verdict: "revoked", by: "" });
    expect(check(vectors.tokens.superseded, keys, status)).toMatchObject({ verdict: "superseded", by: "2022-X-STAR-0003" });
  });

  it("is never called valid without a list that knows its number", () => {
    expect(check(vectors.tokens.valid, keys, null)).toMatchObject({ verdict: "unknown", why: "list" });
    expect(check(vectors.tokens.newer, keys, status)).toMatchObject({ verdict: "unknown", why: "newer" });
  });

  it("that was tampered with is refused, and claims nothing", () => {
    for (const part of [2, 3]) {
      const answer = check(spoilt(vectors.tokens.valid, part), keys, status);
      expect([answer.verdict, answer.claim]).toEqual(["bad", null]);
    }
    expect(check(vectors.tokens.stranger, keys, status)).toMatchObject({ verdict: "bad", why: "key", claim: null });
    expect(check(vectors.tokens.stranger.replace(".01-00000009.", ".01-00000007."), keys, status)).toMatchObject({ verdict: "bad", why: "signature" });
  });

  it.each(["", "LC1", "LC2.a.b.c", "https://example.org/", "LC1.01-00000007.%%.%%", "LC1.01-00000007.4p.AAAA", "a.b.c.d.e"])("%j is none", (words) => {
    expect(check(words, keys, status)).toMatchObject({ verdict: "bad", why: "shape" });
  });

  it("needs the keys", () => {
    expect(check(vectors.tokens.valid, null, null)).toMatchObject({ verdict: "bad", why: "keys" });
  });

  it("is read from what people paste", () => {
    expect(tokenOf(` https://x/c/v/#${vectors.tokens.valid.slice(0, 20)}\n${vectors.tokens.valid.slice(20)} `)).toBe(vectors.tokens.valid);
  });
});

describe("a signed file", () => {
  it("that was changed, is of another kind, or by another key, is not used", () => {
    expect(openStatus({ ...vectors.status, body: vectors.status.body.replace("STAR-0001", "STAR-0004") }, keys)).toBeNull();
    expect(openStatus({ ...vectors.keys, kind: vectors.status.kind }, keys)).toBeNull();
    expect(openStatus(vectors.foreign_status, keys)).toBeNull();
    expect(openKeys({ ...vectors.keys, body: "{" })).toBeNull();
    expect(openKeys(undefined)).toBeNull();
  });
});

describe("a moment", () => {
  it("is Beijing's", () => {
    expect(moment("2022-07-18T20:30:00.000000Z")).toBe("2022-07-19 04:30");
    expect(moment("?")).toBe("?");
  });
});
