/** What is said of an upload, from plain values: no DOM, no network. */

import { t } from "./text";

export type Phase = "waiting" | "sending" | "paused" | "offline" | "checking" | "ready" | "refused" | "failed" | "unfinished";

export interface Shown {
  readonly phase: Phase;
  readonly sent: number;
  readonly size: number;
  /** Percent of the check. */
  readonly checked: number;
  /** Milliseconds left, or null while nobody can tell. */
  readonly left: number | null;
  /** The server's sentence, where it has one. */
  readonly sentence: string;
}

export function sizeText(bytes: number): string {
  const units = ["GB", "MB", "KB"];
  for (const [index, unit] of units.entries()) {
    const one = 1024 ** (units.length - index);
    if (bytes >= one) return `${(Math.floor((bytes * 10) / one) / 10).toString()} ${unit}`;
  }
  return t("bytes", bytes);
}

export function percent(done: number, whole: number): number {
  return whole > 0 ? Math.min(100, Math.floor((done * 100) / whole)) : 0;
}

export function leftText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return t("seconds", Math.max(1, seconds));
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? t("minutes", minutes) : t("hours", Math.floor(minutes / 60), minutes % 60);
}

export function phaseText(shown: Shown): string {
  const [sent, size] = [sizeText(shown.sent), sizeText(shown.size)];
  switch (shown.phase) {
    case "sending": {
      const share = percent(shown.sent, shown.size);
      return shown.left === null ? t("sending", sent, size, share) : t("sendingLeft", sent, size, share, leftText(shown.left));
    }
    case "paused":
    case "offline":
    case "unfinished":
      return t(shown.phase, sent, size);
    case "checking":
      return t("checking", shown.checked);
    case "refused":
    case "failed":
      return shown.sentence || t("failed");
    case "ready":
    case "waiting":
      return t(shown.phase);
  }
}

/** Why a file need not be sent at all; "" when it may. The server asks again. */
export function refusalOf(file: { name: string; size: number }, max: number, extensions: readonly string[]): string {
  if (file.size === 0) return t("empty", file.name);
  if (file.size > max) return t("tooLarge", file.name, sizeText(max));
  const name = file.name.toLowerCase();
  if (!extensions.some((one) => name.endsWith(one))) return t("wrongType", file.name, extensions.join(t("listComma")));
  return "";
}

/** How long the rest takes at the pace of the last seconds; a pause does not count as slowness. */
export class Pace {
  private samples: { at: number; sent: number }[] = [];

  constructor(private readonly windowMs = 8000) {}

  note(at: number, sent: number): void {
    this.samples.push({ at, sent });
    while (this.samples.length > 2 && at - (this.samples[0]?.at ?? at) > this.windowMs) this.samples.shift();
  }

  reset(): void {
    this.samples = [];
  }

  left(size: number): number | null {
    const [first, last] = [this.samples[0], this.samples[this.samples.length - 1]];
    if (!first || !last || last.at - first.at < 1000 || last.sent <= first.sent) return null;
    return ((size - last.sent) * (last.at - first.at)) / (last.sent - first.sent);
  }
}
