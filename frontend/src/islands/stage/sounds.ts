/** Short tones for the hall, made here: no file, off until somebody turns them on. */

import type { StageView } from "../../lib/stage";

export type Sound = "open" | "press" | "right" | "failed" | "time";

/** What is to be heard between two views; "" where nothing is. */
export function soundOf(before: StageView | null, after: StageView): Sound | "" {
  const [was, is] = [before?.question ?? null, after.question];
  if (!before || !is || was?.number !== is.number || before.segment?.id !== after.segment?.id) return "";
  if (is.phase === "over" && was.phase !== "over") return is.outcome === "right" ? "right" : "failed";
  if (is.phase === "answering" && was.phase !== "answering" && (is.presses?.length ?? 0) > 0) return "press";
  if (is.phase === "open" && was.phase === "asked") return "open";
  return "";
}

const TONES: Readonly<Record<Sound, readonly (readonly [frequency: number, seconds: number])[]>> = {
  open: [[523, 0.12]],
  press: [[196, 0.18]],
  right: [
    [659, 0.14],
    [880, 0.24],
  ],
  failed: [[175, 0.4]],
  time: [[440, 0.1]],
};

export class Sounds {
  private context: AudioContext | null = null;
  private on = false;

  toggle(): boolean {
    this.on = !this.on;
    if (this.on && !this.context && "AudioContext" in window) this.context = new AudioContext();
    if (this.on) void this.context?.resume();
    return this.on;
  }

  hear(before: StageView | null, after: StageView): void {
    const sound = soundOf(before, after);
    if (this.on && sound) this.play(sound);
  }

  /** The clock has run out. */
  ring(): void {
    if (this.on) this.play("time");
  }

  private play(sound: Sound): void {
    const context = this.context;
    if (!context) return;
    let at = context.currentTime;
    for (const [frequency, seconds] of TONES[sound]) {
      const [tone, loud] = [context.createOscillator(), context.createGain()];
      tone.frequency.value = frequency;
      loud.gain.setValueAtTime(0.25, at);
      loud.gain.exponentialRampToValueAtTime(0.001, at + seconds);
      tone.connect(loud);
      loud.connect(context.destination);
      tone.start(at);
      tone.stop(at + seconds);
      at += seconds;
    }
  }
}
