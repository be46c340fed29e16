/** The paper: its plain form, and how a sealed one is opened. */

import { utf8 } from "../../lib/bytes";

export type ItemType = "single" | "multiple" | "truefalse" | "blank";

export interface Item {
  readonly n: number;
  readonly type: ItemType;
  readonly stem: string;
  readonly options: readonly (readonly [letter: string, words: string])[];
  readonly blanks: number;
}

export interface Section {
  readonly type: ItemType;
  readonly title: string;
  readonly rule: string;
  readonly from: number;
  readonly to: number;
  readonly points: string;
}

export interface Paper {
  readonly id: string | number;
  readonly version: string | number;
  readonly title: string;
  readonly exam: string;
  readonly minutes: number;
  readonly sections: readonly Section[];
  readonly items: readonly Item[];
}

/** False on plain http over a LAN: the lane then opens the paper itself. */
export function canOpen(): boolean {
  return typeof crypto === "object" && (crypto.subtle as SubtleCrypto | undefined) !== undefined;
}

/** `sealed` is nonce (12 bytes) ‖ ciphertext ‖ tag, bound to the paper's id and version. */
export async function openPaper(
  sealed: ArrayBuffer,
  key: Uint8Array<ArrayBuffer>,
  id: string | number,
  version: string | number,
): Promise<Paper> {
  const secret = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const rule = {
    name: "AES-GCM",
    iv: sealed.slice(0, 12),
    additionalData: utf8(`paper:${id}:${version}`),
    tagLength: 128,
  };
  const plain = await crypto.subtle.decrypt(rule, secret, sealed.slice(12));
  return JSON.parse(new TextDecoder().decode(plain)) as Paper;
}

export function sectionOf(paper: Paper, n: number): Section | undefined {
  return paper.sections.find((one) => one.from <= n && n <= one.to);
}
