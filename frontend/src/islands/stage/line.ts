/**
 * A screen's connection to the stage: enters, comes back when it breaks, answers clock exchanges at once, and repeats
 * presses and moves until they are answered (docs/live.md, «The wire»).
 */

import { Backoff } from "../../lib/backoff";
import type { Language } from "../../lib/lane";
import { FINAL, merged, type FromStage, type Measured, type PressState, type ScreenView, type StageView, type ToStage } from "../../lib/stage";

export type Link = "linking" | "linked" | "broken" | "ended";

export interface Pressed {
  readonly q: number;
  readonly state: PressState;
  readonly text: string;
}

/** What a screen is told; every one may be left out. */
export interface Ear {
  view?(view: StageView): void;
  link?(link: Link, text: string): void;
  press?(pressed: Pressed): void;
  refused?(text: string, code: string): void;
  tested?(seats: Readonly<Record<string, Measured>>): void;
}

export interface Door {
  readonly url: string;
  readonly path: "/v1/stage" | "/v1/watch";
  readonly ticket: string;
  readonly language: Language;
}

interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
}

export interface Means {
  readonly open: (url: string) => Socket;
  readonly mono: () => number;
  readonly later: (work: () => void, wait: number) => void;
  readonly backoff: Backoff;
}

const SILENCE = 45_000;

/** Seats, host and hall are few, and a match waits for them; spectators are thousands, and must not come in one wave. */
export function browserMeans(path: Door["path"]): Means {
  return {
    open: (url) => new WebSocket(url),
    mono: () => performance.now(),
    later: (work, wait) => void setTimeout(work, wait),
    backoff: path === "/v1/stage" ? new Backoff(200, 600) : new Backoff(300, 4000),
  };
}

/** A random UUID, also where `crypto.randomUUID` is missing. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64;
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export class StageLine {
  view: StageView | null = null;
  link: Link = "linking";
  /** Round trip and bound of the clock's error in µs; 0 before the first exchange. */
  trip = 0;
  doubt = 0;
  private offset: number | null = null;
  private socket: Socket | null = null;
  private seenAt = 0;
  private heard = 0;
  private count = 0;
  private readonly waiting = new Map<string, ToStage>();

  constructor(
    private readonly door: Door,
    private readonly ear: Ear,
    private readonly means: Means = browserMeans(door.path),
  ) {}

  start(): void {
    const socket = this.means.open(this.door.url.replace(/^http/, "ws") + this.door.path);
    this.socket = socket;
    this.heard = this.means.mono();
    socket.onopen = (): void => this.put({ t: "enter", ticket: this.door.ticket });
    socket.onmessage = (event): void => {
      if (this.socket === socket) this.take(JSON.parse(String(event.data)) as FromStage);
    };
    socket.onclose = (): void => {
      if (this.socket === socket) this.broke();
    };
  }

  /** The match's clock in µs, as well as it is known. */
  now(): number {
    if (this.offset !== null) return this.means.mono() * 1000 + this.offset;
    return this.view ? this.view.now + (this.means.mono() - this.seenAt) * 1000 : 0;
  }

  /** Presses for the question on stage; a second press for the same one is the same press. */
  press(local: number): boolean {
    const q = this.view?.question?.q ?? 0;
    const key = `press ${q}`;
    if (!q || this.waiting.has(key)) return false;
    this.count += 1;
    this.keep(key, { t: "press", q, n: this.count, local });
    return true;
  }

  move(kind: string, seat = "", value = ""): void {
    const id = uuid();
    this.keep(id, { t: "move", id, after: this.view?.seq ?? 0, kind, seat, value });
  }

  /** Asks why a move cannot be made; the answer is a refusal, and nothing is logged. */
  why(kind: string, seat = "", value = ""): void {
    this.put({ t: "why", kind, seat, value });
  }

  /** What is not named stays as it is. */
  show(change: Partial<ScreenView>): void {
    const { show, reveal, strip } = { show: "auto" as const, reveal: false, strip: "", ...this.view?.screen, ...change };
    this.put({ t: "screen", show, reveal, strip });
  }

  test(seconds: number): void {
    this.put({ t: "test", seconds });
  }

  /** Is called now and then: a line that has long been silent is dead, whatever the browser thinks. */
  tick(): void {
    if (this.link === "linked" && this.means.mono() - this.heard > SILENCE) this.broke();
  }

  private keep(key: string, message: ToStage): void {
    this.waiting.set(key, message);
    this.put(message);
  }

  private put(message: ToStage): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  private take(message: FromStage): void {
    this.heard = this.means.mono();
    if (message.t === "sync") this.synced(message);
    else if (message.t === "hello") this.entered(message.view);
    else if (message.t === "view") this.seen(message.view);
    else if (message.t === "part") {
      if (this.view) this.seen(merged(this.view, message.view));
    }
    else if (message.t === "press") this.answered(message);
    else if (message.t === "done") this.waiting.delete(message.id);
    else if (message.t === "refused") {
      this.waiting.delete(message.id);
      this.ear.refused?.(message[this.door.language], message.code);
    } else if (message.t === "tested") this.ear.tested?.(message.seats);
    else this.leave(message.code, message[this.door.language]);
  }

  private synced(message: Extract<FromStage, { t: "sync" }>): void {
    this.put({ t: "sync", c: message.c, local: this.means.mono() });
    if (message.off !== null) this.offset = message.off;
    this.trip = message.rtt;
    this.doubt = message.doubt;
  }

  private entered(view: StageView): void {
    this.means.backoff.reset();
    this.tell("linked", "");
    for (const message of this.waiting.values()) this.put(message);
    this.seen(view);
  }

  private seen(view: StageView): void {
    this.view = view;
    this.seenAt = this.means.mono();
    this.ear.view?.(view);
  }

  private answered(message: Extract<FromStage, { t: "press" }>): void {
    for (const [key, kept] of this.waiting) {
      if (kept.t !== "press" || kept.n !== message.n) continue;
      this.waiting.delete(key);
      this.ear.press?.({ q: kept.q, state: message.state, text: message[this.door.language] ?? "" });
    }
  }

  private leave(code: string, text: string): void {
    if (!FINAL.has(code)) return;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.tell("ended", text);
  }

  private broke(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.tell("broken", "");
    this.means.later(() => {
      if (this.link !== "ended" && this.socket === null) this.start();
    }, this.means.backoff.next());
  }

  private tell(link: Link, text: string): void {
    this.link = link;
    this.ear.link?.(link, text);
  }
}
