/** What all screens of the stage share: the mount, the beat of their clocks, a screen that stays awake. */

import { pageLanguage } from "../../lib/lane";
import type { StageView } from "../../lib/stage";
import { StageLine, type Door, type Ear } from "./line";
import { wordsOf, type Words } from "./words";

export interface Screen {
  readonly root: HTMLElement;
  readonly line: StageLine;
  readonly words: Words;
}

/**
 * `<div id="stage-seat|host|hall|watch" data-url="http://…" data-ticket="…">`; what stands in it is what a browser without
 * this script sees, and is replaced. Without a ticket (a seat's card was not shown yet) nothing is done.
 */
export function mount(role: string, make: (root: HTMLElement, words: Words) => Shown): void {
  const root = document.getElementById(`stage-${role}`);
  if (!root?.dataset["ticket"]) return;
  const language = pageLanguage();
  const path = role === "watch" ? "/v1/watch" : "/v1/stage";
  connect({ url: root.dataset["url"] ?? "", path, ticket: root.dataset["ticket"], language }, make(root, wordsOf(language)));
  keepAwake();
}

export type Shown = Ear & { tick(now: number): void; take(line: StageLine): void };

/** A line of its own for what is shown. */
export function connect(door: Door, ear: Shown): void {
  const line = new StageLine(door, ear);
  ear.take(line);
  line.start();
  setInterval(() => {
    line.tick();
    ear.tick(line.now());
  }, 100);
}

export function keepAwake(): void {
  void stayAwake();
  document.addEventListener("visibilitychange", () => void stayAwake());
}

interface WakeLock {
  request(kind: "screen"): Promise<unknown>;
}

/** A buzzer that sleeps is no buzzer; where the browser cannot, the device's own setting has to do. */
async function stayAwake(): Promise<void> {
  const lock = (navigator as { wakeLock?: WakeLock }).wakeLock;
  if (document.visibilityState !== "visible" || !lock) return;
  await lock.request("screen").catch(() => undefined);
}

/** "第9题 / 15" of the segment, "" before the first question. */
export function placeOf(view: StageView, one: string, of: string): string {
  if (!view.segment || view.segment.number < 1) return "";
  const text = view.segment.questions === null ? one : of;
  return text.replace("%1", String(view.segment.number)).replace("%2", String(view.segment.questions ?? ""));
}
