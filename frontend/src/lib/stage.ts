/** What the live stage says and is told: docs/live.md «The wire». Server instants are whole microseconds. */

export type StageRole = "seat" | "host" | "hall" | "watch";
export type MatchMode = "arrival" | "compensated" | "manual";
export type MatchState = "ready" | "running" | "paused" | "closed";
export type Phase = "asked" | "open" | "hold" | "close" | "answering" | "over";
export type Outcome = "" | "right" | "failed" | "void" | "audience" | "replaced" | "left";
export type SegmentKind = "must" | "joint" | "buzzer" | "risk" | "designation" | "duel" | "arena" | "timed" | "playoff";
export type SeatState = "wait" | "may" | "pressed" | "answers" | "right" | "failed" | "locked" | "stopped" | "out";
export type PressState = "logged" | "behind" | "early" | "locked" | "late";
export type CloseAnswer = "replaced" | "chief" | "equal";
export type HallShow = "auto" | "cover" | "question" | "scores" | "order" | "black";

export interface MatchView {
  readonly id: number;
  readonly code: string;
  readonly title: string;
  readonly event: string;
  readonly state: MatchState;
  readonly mode: MatchMode;
  /** How near two presses must be to count as level, in µs. */
  readonly band: number;
  /** The most that a press is corrected by, in ms. */
  readonly cap: number;
  /** Whether anybody has decided how presses count: by the network test, or for paddles. */
  readonly chosen: boolean;
  readonly rehearsal: boolean;
}

export interface SegmentView {
  readonly id: string;
  readonly title: string;
  readonly kind: SegmentKind;
  /** Questions that count so far, and how many there are (null: without bound). */
  readonly number: number;
  readonly questions: number | null;
  readonly complete: boolean;
}

export interface QuestionText {
  readonly type: string;
  readonly stem: string;
  readonly options: readonly (readonly [string, string])[];
}

export interface QuestionKey {
  readonly key: unknown;
  readonly answer: string;
  readonly explanation: string;
}

export interface PressView {
  readonly seat: string;
  readonly at: number;
  /** µs behind the first. */
  readonly margin: number;
  /** Why a press was not corrected; "" where nothing is to be said. Only the host is told. */
  readonly flag?: string;
}

export interface CloseView {
  readonly seats: readonly string[];
  readonly gap: number;
  readonly band: number;
  readonly answer: CloseAnswer;
}

export interface QuestionView {
  /** The epoch to press for; 0 where nobody can press. */
  readonly q: number;
  readonly number: number;
  readonly name: string;
  readonly phase: Phase;
  readonly turn: readonly string[];
  readonly owner: string;
  readonly target: string;
  readonly stake: string;
  readonly member: number;
  readonly outcome: Outcome;
  /** The instant of the host's word, 0 before it. */
  readonly go: number;
  readonly text?: QuestionText;
  readonly key?: QuestionKey;
  readonly close?: CloseView;
  readonly presses?: readonly PressView[];
}

export interface ClockView {
  readonly clock: "press" | "begin" | "finish" | "run";
  readonly at: number;
  /** The clock's whole length in seconds. */
  readonly of: number;
}

/** What the host has the hall show; `strip` is the line of the lower third, in no log. */
export interface ScreenView {
  readonly show: HallShow;
  readonly reveal: boolean;
  readonly strip: string;
}

export interface SeatView {
  readonly seat: string;
  readonly name: string;
  /** A decimal as the rulebook shows it. */
  readonly score: string;
  readonly state: SeatState;
  readonly fouls: number;
  readonly wrong: number;
  /** The order among level seats that a playoff gave; 0: none. */
  readonly playoff?: number;
  readonly out: "" | "absent" | "void" | "left";
  readonly online: boolean;
}

export interface MyView {
  readonly seat: string;
  readonly state: SeatState;
  readonly may: boolean;
  /** A press now would be a foul. */
  readonly early: boolean;
  readonly place: number;
  readonly behind: number;
}

export interface MoveOf {
  readonly kind: string;
  readonly seat: string;
  readonly value: string;
}

export interface HostView {
  readonly allowed: readonly MoveOf[];
  readonly due: readonly ClockView[];
  readonly next: string;
  readonly questions: readonly {
    readonly name: string;
    readonly number: number;
    readonly segment: string;
    readonly spare: boolean;
    readonly used: boolean;
  }[];
  readonly log: readonly { readonly seq: number; readonly at: number; readonly kind: string; readonly seat: string; readonly value: string; readonly by: string }[];
  readonly net: Readonly<Record<string, { readonly online: boolean; readonly rtt: number; readonly doubt: number; readonly epoch: number }>>;
  readonly ruling: readonly string[];
  readonly manner: readonly string[];
  readonly reading: boolean;
}

export interface StageView {
  readonly seq: number;
  readonly now: number;
  readonly role: StageRole;
  readonly match: MatchView;
  readonly segment: SegmentView | null;
  readonly question: QuestionView | null;
  readonly clock: ClockView | null;
  readonly seats: readonly SeatView[];
  readonly order: readonly string[];
  readonly screen: ScreenView;
  readonly me?: MyView;
  readonly host?: HostView;
}

/** What has changed of a spectator's view. */
export type StagePart = Omit<Partial<StageView>, "question"> & { readonly question?: Partial<QuestionView> | null };

export function merged(view: StageView, part: StagePart): StageView {
  const seats = part.seats ? view.seats.map((one) => part.seats?.find((seat) => seat.seat === one.seat) ?? one) : view.seats;
  const whole = part.question?.number !== undefined || part.question === null || part.question === undefined;
  const question = whole ? part.question : { ...view.question, ...part.question };
  return { ...view, ...part, seats, question: (question === undefined ? view.question : question) as QuestionView | null };
}

export interface Measured {
  readonly count: number;
  readonly least: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly doubt: number;
}

export type FromStage =
  | { readonly t: "hello"; readonly role: StageRole; readonly seat: string; readonly view: StageView }
  | { readonly t: "view"; readonly view: StageView }
  | { readonly t: "part"; readonly view: StagePart }
  | { readonly t: "sync"; readonly c: number; readonly off: number | null; readonly rtt: number; readonly doubt: number }
  | { readonly t: "press"; readonly n: number; readonly state: PressState; readonly seq: number; readonly at: number; readonly code?: string; readonly zh?: string; readonly en?: string }
  | { readonly t: "done"; readonly id: string; readonly seq: number }
  | { readonly t: "refused"; readonly id: string; readonly code: string; readonly zh: string; readonly en: string }
  | { readonly t: "tested"; readonly seats: Readonly<Record<string, Measured>> }
  | { readonly t: "bye"; readonly code: string; readonly zh: string; readonly en: string };

export type ToStage =
  | { readonly t: "enter"; readonly ticket: string }
  | { readonly t: "sync"; readonly c: number; readonly local: number }
  | { readonly t: "press"; readonly q: number; readonly n: number; readonly local: number }
  | { readonly t: "move"; readonly id: string; readonly after: number; readonly kind: string; readonly seat: string; readonly value: string }
  | { readonly t: "why"; readonly kind: string; readonly seat: string; readonly value: string }
  | ({ readonly t: "screen" } & ScreenView)
  | { readonly t: "test"; readonly seconds: number };

/** Codes of `bye` after which coming back with the same ticket is of no use. */
export const FINAL: ReadonlySet<string> = new Set(["taken_over", "stage_ticket", "stage_expired", "stage_match"]);
