/** The timekeeper's page: its clock ticks by the server's time. Start and stop stay the page's own buttons. */

import { ServerClock } from "../../lib/clock";
import { glyph, h, replace, say } from "../../lib/dom";
import { faceOf, toneBetween, type Rule, type Tone } from "./face";
import type { Words } from "./words";

const TONES: Readonly<Record<Tone, readonly [frequency: number, seconds: number]>> = { signal: [880, 0.25], end: [440, 0.9] };

class Speaker {
  on = false;
  private context: AudioContext | null = null;

  toggle(): void {
    this.on = !this.on;
    if (this.on) this.context ??= new AudioContext();
    if (this.on) void this.context?.resume();
    if (this.on) this.play("signal");
  }

  play(tone: Tone): void {
    if (!this.on || !this.context) return;
    const [frequency, seconds] = TONES[tone];
    const [source, loud] = [this.context.createOscillator(), this.context.createGain()];
    const at = this.context.currentTime;
    source.frequency.value = frequency;
    loud.gain.setValueAtTime(0.3, at);
    loud.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    source.connect(loud);
    loud.connect(this.context.destination);
    source.start(at);
    source.stop(at + seconds);
  }
}

function ruleOf(box: HTMLElement): Rule {
  const seconds = (text: string | undefined): number | null => (text ? Number(text) : null);
  const { ltMin, ltMax, ltStop, ltSignals = "" } = box.dataset;
  const parts = Array.from(document.querySelectorAll<HTMLElement>("[data-lt-part]"));
  return {
    min: seconds(ltMin),
    max: seconds(ltMax),
    stop: seconds(ltStop),
    signals: ltSignals.split(" ").filter(Boolean).map(Number),
    parts: parts.map((one) => ({ title: one.dataset["ltTitle"] ?? "", seconds: Number(one.dataset["ltPart"]) })),
  };
}

/** The server wrote its time into the page between the page's request and its answer. */
function clockOf(written: number): ServerClock {
  const [page] = performance.getEntriesByType("navigation") as [PerformanceNavigationTiming?];
  const clock = new ServerClock(() => performance.now());
  clock.sample(page?.requestStart ?? 0, page?.responseStart || performance.now(), written);
  return clock;
}

export function tick(box: HTMLElement, words: Words): void {
  const face = box.querySelector<HTMLElement>(".timer-face");
  const began = Number(box.dataset["ltTimer"]) * 1000;
  if (!face || !began || box.dataset["ltStopped"]) return;
  const clock = clockOf(Number(box.dataset["ltNow"]) * 1000);
  const [state, next, rule, speaker] = [h("p.timer-state.lt-state", { role: "status" }), h("p.timer-next.num"), ruleOf(box), new Speaker()];
  const button = h("button.btn.btn-lg", { type: "button", "aria-pressed": "false" }, words.tone);
  button.addEventListener("click", () => {
    speaker.toggle();
    say(button, speaker.on ? words.toneOff : words.tone);
    button.setAttribute("aria-pressed", String(speaker.on));
  });
  face.classList.add("runs");
  face.after(state, next);
  if ("AudioContext" in window) box.querySelector("form")?.append(button);
  let before = clock.now() - began;
  const step = (): void => {
    const elapsed = clock.now() - began;
    const shown = faceOf(elapsed, rule, words);
    say(face, shown.time);
    say(next, shown.next);
    // the figure that runs in it is not for the ear: spoken anew only when the state changes
    if (state.dataset["said"] !== shown.words) replace(state, glyph(shown.shape), shown.words);
    state.dataset["said"] = shown.words;
    state.className = `timer-state lt-state ${shown.tone}`;
    state.setAttribute("aria-live", shown.tone === "k-bad" ? "off" : "polite");
    const tone = toneBetween(before, elapsed, rule);
    if (tone) speaker.play(tone);
    before = elapsed;
  };
  step();
  setInterval(step, 200);
}
