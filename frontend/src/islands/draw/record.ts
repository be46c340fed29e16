/** The record of a draw, claim by claim, as `leitai draw verify` checks it. */

import { canonical, resolve, sha256Hex, steps, type Constraint, type Step } from "./draw1";

export interface Manifest {
  readonly pool: readonly string[];
  readonly commitments: readonly { role: string; name: string; commitment: string }[];
  readonly source: { kind: string; at: string; groups: readonly { count: number; low: number; high: number }[] };
  readonly reveal_by: string;
  readonly constraints: readonly Constraint[];
  readonly relax: readonly number[];
}

export interface DrawRecord {
  readonly kind: string;
  readonly order: readonly string[];
  readonly steps?: readonly Step[];
  readonly key?: string;
  readonly pool?: readonly string[];
  readonly manifest?: Manifest;
  readonly manifest_hash?: string;
  readonly list: readonly (readonly [string, string])[];
  readonly list_hash?: string;
  readonly reveals?: readonly { role: string; secret: string; at: string }[];
  readonly public?: { numbers: readonly (readonly number[])[]; value: string; at: string } | null;
  readonly attempt?: number | null;
}

export type ClaimCode = "manifest" | "list" | "reveal" | "source" | "key" | "attempt" | "steps" | "order" | "hand" | "unfinished";

export interface Claim {
  readonly code: ClaimCode;
  readonly holds: boolean;
  readonly about: string;
}

export function verify(record: DrawRecord): Claim[] {
  if (record.kind === "hand") return [{ code: "hand", holds: true, about: "" }];
  if (record.kind === "simple") return ofSteps(steps(record.pool ?? [], record.key ?? ""), record);
  return committed(record);
}

/** The key string without the attempt's number. */
export function keyOf(manifestHash: string, secrets: readonly string[], given: NonNullable<DrawRecord["public"]>): string {
  const groups = given.numbers.map((group) => [...group].sort((a, b) => a - b).map((n) => `${String(n)}.`).join(""));
  const parts = [manifestHash, ...secrets, ...(given.value ? [given.value] : groups)];
  return parts.map((part) => `${part.replace(/\s+/g, "").toUpperCase()}/`).join("");
}

function committed(record: DrawRecord): Claim[] {
  const manifest = record.manifest!;
  const hash = sha256Hex(canonical(manifest));
  const claims: Claim[] = [{ code: "manifest", holds: hash === record.manifest_hash, about: hash }];
  if (record.list_hash || record.order.length) {
    const ids = record.list.map((row) => row[0]);
    const same = canonical(sorted(ids)) === canonical(sorted(manifest.pool));
    claims.push({ code: "list", holds: same && sha256Hex(canonical(record.list)) === record.list_hash, about: String(ids.length) });
  }
  const shown = new Map((record.reveals ?? []).map((one) => [one.role, one]));
  for (const party of manifest.commitments) {
    const one = shown.get(party.role);
    if (!one && !record.public) continue;
    const fits = one !== undefined && sha256Hex(one.secret) === party.commitment && one.at <= manifest.reveal_by;
    claims.push({ code: "reveal", holds: fits, about: party.name });
  }
  if (record.public) claims.push({ code: "source", holds: sourceFits(manifest, record.public), about: record.public.at });
  if (!record.public || !record.order.length) return [...claims, { code: "unfinished", holds: true, about: "" }];
  const secrets = manifest.commitments.map((party) => shown.get(party.role)?.secret ?? "");
  return [...claims, ...outcome(record, manifest, keyOf(hash, secrets, record.public))];
}

function outcome(record: DrawRecord, manifest: Manifest, key: string): Claim[] {
  const found = resolve(manifest.pool, key, manifest.constraints, manifest.relax);
  const claims: Claim[] = [{ code: "key", holds: key === record.key, about: key }];
  if (found.attempt !== null) {
    claims.push({ code: "attempt", holds: found.attempt === record.attempt, about: String(found.attempt) });
  }
  return [...claims, ...ofSteps(found.steps, record)];
}

function ofSteps(found: readonly Step[], record: DrawRecord): Claim[] {
  const said = record.steps ?? [];
  const wrong = found.findIndex((step, at) => {
    const one = said[at];
    return !one || one.digest !== step.digest || one.remaining !== step.remaining || one.index !== step.index || one.drawn !== step.drawn;
  });
  const order = found.map((step) => step.drawn);
  return [
    { code: "steps", holds: wrong < 0 && said.length === found.length, about: String(wrong < 0 ? found.length : wrong + 1) },
    { code: "order", holds: canonical(order) === canonical(record.order), about: order.join(" ") },
  ];
}

function sourceFits(manifest: Manifest, given: NonNullable<DrawRecord["public"]>): boolean {
  const { source } = manifest;
  if (given.at < source.at || source.at <= manifest.reveal_by) return false;
  if (source.kind === "drand") return /^[0-9a-f]{64}$/.test(given.value) && given.numbers.length === 0;
  return (
    given.value === "" &&
    given.numbers.length === source.groups.length &&
    source.groups.every((group, at) => {
      const numbers = given.numbers[at]!;
      return numbers.length === group.count && numbers.every((n) => n >= group.low && n <= group.high);
    })
  );
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort();
}
