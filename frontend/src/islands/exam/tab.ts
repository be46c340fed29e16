/**
 * One tab holds the sitting. localStorage tells the others at once (BroadcastChannel is above the floor), and
 * the last one opened wins: that is the one in front of the contestant.
 */

const KEY = "leitai.exam.tab";

export class Tab {
  private readonly id = Math.random().toString(36).slice(2) + Date.now().toString(36);
  private held = false;

  constructor(private readonly lost: () => void) {
    window.addEventListener("storage", (event) => {
      if (event.key === KEY && event.newValue && event.newValue !== this.id && this.held) {
        this.held = false;
        this.lost();
      }
    });
  }

  take(): void {
    this.held = true;
    try {
      localStorage.setItem(KEY, this.id);
    } catch {
      // without storage there is no second tab to know of
    }
  }

  get mine(): boolean {
    return this.held;
  }
}

/** This browser's own name towards the lane: the same over reloads, another on another machine. */
export function deviceId(): string {
  const key = "leitai.exam.device";
  try {
    const known = localStorage.getItem(key);
    if (known) return known;
    const fresh = randomId();
    localStorage.setItem(key, fresh);
    return fresh;
  } catch {
    return randomId();
  }
}

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is above the floor
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const LAST = "leitai.exam.sitting";

/** The sitting that this tab was in, so that a reload shows its receipt again; null forgets it. */
export function rememberSitting(sitting: number | null): void {
  try {
    if (sitting === null) sessionStorage.removeItem(LAST);
    else sessionStorage.setItem(LAST, String(sitting));
  } catch {
    // then a reload asks for the code
  }
}

export function lastSitting(): number | null {
  try {
    const known = sessionStorage.getItem(LAST);
    return known === null ? null : Number(known);
  } catch {
    return null;
  }
}
