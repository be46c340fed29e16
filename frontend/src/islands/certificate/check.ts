/**
 * What can honestly be said of a certificate's code without asking anybody. docs/formats/certificate.md.
 *
 * `bad`: no code of ours, or not by a known key · `valid` as of the list's time · `revoked` or
 * `superseded` · `unknown`: the signature is good, and nothing newer is known of the number.
 */

import { verify } from "./ed25519";

export interface SignedFile {
  body: string;
  key: string;
  kind: string;
  signature: string;
}
export interface Key {
  id: string;
  public: string;
  fingerprint: string;
}
export interface Keys {
  keys: Key[];
  seasons: Record<string, { title: string; issuer: string }>;
}
export interface Status {
  at: string;
  revoked: Record<string, { on: string; by: string }>;
  series: Record<string, number>;
}
export interface Claim {
  serial: string;
  holder: string;
  award: string;
  delegation: string;
  season: string;
  day: string;
}
export type Verdict = "bad" | "valid" | "revoked" | "superseded" | "unknown";
export interface Answer {
  verdict: Verdict;
  why: "" | "shape" | "key" | "signature" | "keys" | "list" | "newer";
  claim: Claim | null;
  fingerprint: string;
  title: string;
  issuer: string;
  asOf: string;
  on: string;
  by: string;
}

const VERSION = "LC1";
export const KEYS = "leitai-certificate-keys-1";
export const STATUS = "leitai-certificate-status-1";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(text)) return new Uint8Array();
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function signedBy(keys: Key[], id: string, message: string, signature: Uint8Array): Key | null {
  const key = keys.find((one) => one.id === id);
  return key && verify(fromHex(key.public), utf8(message), signature) ? key : null;
}

function opened(file: SignedFile | null | undefined, kind: string, keys: Key[] | null): unknown {
  if (!file || file.kind !== kind) return null;
  try {
    const body = JSON.parse(file.body) as { keys?: Key[] };
    const known = keys ?? body.keys ?? [];
    return signedBy(known, file.key, `${kind}\n${file.body}`, fromHex(file.signature)) ? body : null;
  } catch {
    return null;
  }
}

/** The keys are signed by one of themselves: it proves that the file is whole, not whose it is. */
export const openKeys = (file: SignedFile | null | undefined): Keys | null => opened(file, KEYS, null) as Keys | null;
export const openStatus = (file: SignedFile | null | undefined, keys: Keys): Status | null =>
  opened(file, STATUS, keys.keys) as Status | null;

/** What a person scanned or pasted: the whole address, or only what stands behind its #. */
export const tokenOf = (text: string): string => text.trim().replace(/^[^#]*#/, "").replace(/\s+/g, "");

function read(token: string): { id: string; body: string; signature: Uint8Array } | null {
  const [version, id, body, signature, ...more] = token.split(".");
  if (version !== VERSION || !id || !body || !signature || more.length > 0) return null;
  const text = fromBase64(body);
  const sign = fromBase64(signature);
  if (!text || !sign) return null;
  try {
    return { id, body: new TextDecoder("utf-8", { fatal: true }).decode(text), signature: sign };
  } catch {
    return null;
  }
}

function known(serial: string, status: Status): boolean {
  const cut = serial.lastIndexOf("-") + 1;
  const number = serial.slice(cut);
  return /^\d+$/.test(number) && Number(number) >= 1 && Number(number) <= (status.series[serial.slice(0, cut)] ?? 0);
}

export function check(text: string, keys: Keys | null, status: Status | null): Answer {
  const answer: Answer = { verdict: "bad", why: "shape", claim: null, fingerprint: "", title: "", issuer: "", asOf: "", on: "", by: "" };
  const token = read(tokenOf(text));
  if (!token) return answer;
  if (!keys) return { ...answer, why: "keys" };
  if (!keys.keys.some((key) => key.id === token.id)) return { ...answer, why: "key" };
  const key = signedBy(keys.keys, token.id, `${VERSION}\n${token.body}`, token.signature);
  const parts = token.body.split("\n");
  if (!key || parts.length !== 6) return { ...answer, why: "signature" };
  const [serial, holder, award, delegation, season, day] = parts as [string, string, string, string, string, string];
  const named = keys.seasons[season];
  const good: Answer = {
    ...answer,
    verdict: "unknown",
    why: "list",
    claim: { serial, holder, award, delegation, season, day },
    fingerprint: key.fingerprint,
    title: named?.title ?? season,
    issuer: named?.issuer ?? "",
  };
  if (!status) return good;
  const fallen = status.revoked[serial];
  if (fallen) return { ...good, verdict: fallen.by ? "superseded" : "revoked", why: "", asOf: status.at, on: fallen.on, by: fallen.by };
  if (!known(serial, status)) return { ...good, why: "newer", asOf: status.at };
  return { ...good, verdict: "valid", why: "", asOf: status.at };
}
