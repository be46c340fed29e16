/** What a key or a button of a clicker asks for on the stage's screen. Pure. */

export type Step = "next" | "back" | "first" | "last" | "dark" | "full" | "play";

const STEPS: Readonly<Record<string, Step>> = {
  ArrowRight: "next",
  ArrowDown: "next",
  PageDown: "next",
  Enter: "next",
  n: "next",
  ArrowLeft: "back",
  ArrowUp: "back",
  PageUp: "back",
  Backspace: "back",
  p: "back",
  Home: "first",
  End: "last",
  b: "dark",
  ".": "dark",
  f: "full",
  F5: "full",
};

/** A space plays and pauses a video, and turns a page elsewhere. */
export function stepOf(key: string, video: boolean): Step | null {
  if (key === " ") return video ? "play" : "next";
  return STEPS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

/** Which page comes: a number from 1, or `after` and `before` where the file is at its end. */
export function pageAfter(step: Step, page: number, pages: number): number | "after" | "before" | null {
  if (step === "next") return page < pages ? page + 1 : "after";
  if (step === "back") return page > 1 ? page - 1 : "before";
  if (step === "first") return 1;
  return step === "last" ? Math.max(1, pages) : null;
}
