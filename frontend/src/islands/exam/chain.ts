/** The running digest of a sitting's journal, as the lane computes it. */

import { concat, fromHex, hex, utf8, wellFormed } from "../../lib/bytes";
import { sha256 } from "../../lib/sha256";
import type { Answer, AnswerRow } from "./wire";

/** digest₀ = SHA-256("sitting:<id>") */
export async function startDigest(sitting: number): Promise<string> {
  return hex(await sha256(utf8(`sitting:${sitting}`)));
}

/** digestₙ = SHA-256(digestₙ₋₁ ‖ body) */
export async function nextDigest(previous: string, body: string): Promise<string> {
  return hex(await sha256(concat(fromHex(previous), utf8(body))));
}

function clean(answer: Answer): Answer {
  return typeof answer === "string" ? wellFormed(answer) : answer.map(wellFormed);
}

/** `{"seq":n,"answers":[[number,a,client_ms],…]}`: compact, in this key order. */
export function batchBody(seq: number, rows: readonly AnswerRow[]): string {
  return JSON.stringify({ seq, answers: rows.map(([n, a, at]) => [n, clean(a), Math.trunc(at)]) });
}
