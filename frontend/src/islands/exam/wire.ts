/** The lane's wire: POST text/plain with the ticket in the body, JSON back. No cookies, no preflight. */

import { fromBase64 } from "../../lib/bytes";
import type { ServerClock } from "../../lib/clock";
import { LaneDoor, PATIENCE, type Language } from "../../lib/lane";

export { LaneError, NoAnswer } from "../../lib/lane";

/** "AC" for options, "T" or "F", "" when cleared; one string a blank. */
export type Answer = string | readonly string[];
export type AnswerRow = readonly [n: number, a: Answer, at: number];
export type SeatState = "waiting" | "open" | "handed_in" | "closed";

export interface Seat {
  readonly ticket: string;
  readonly sitting: number;
  readonly epoch: number;
  readonly now: number;
  readonly state: SeatState;
  readonly exam: { readonly code: string; readonly title: string; readonly opens_at: number; readonly closes_at: number };
  readonly who: {
    readonly name: string;
    readonly delegation: string;
    readonly number: string;
    readonly site: string;
    readonly seat: number | string;
  };
  readonly paper: { readonly id: string | number; readonly version: string | number; readonly href: string; readonly size: number };
  readonly deadline: number;
  readonly seq: number;
  readonly digest: string;
  readonly answers: readonly (readonly [number, Answer])[];
}

export interface Ack {
  readonly seq: number;
  readonly digest: string;
  readonly at: number;
  readonly deadline: number;
  readonly state: SeatState;
  readonly repeat?: boolean;
}

export interface Beat {
  readonly now: number;
  readonly deadline: number;
  readonly state: SeatState;
  readonly seq: number;
  readonly digest: string;
}

export interface Receipt {
  readonly number: string;
  readonly sitting: number;
  readonly seq: number;
  readonly digest: string;
  readonly answered: number;
  readonly at: number;
}

export class Wire extends LaneDoor {
  constructor(
    origin: string,
    private readonly clock: ServerClock,
    language: Language,
    private readonly mono: () => number = () => performance.now(),
  ) {
    super(origin, language);
  }

  enter(code: string, device: string): Promise<Seat> {
    return this.post("/v1/enter", JSON.stringify({ code, device }));
  }

  state(sitting: number, ticket: string): Promise<Omit<Seat, "ticket">> {
    return this.post(`/v1/s/${sitting}/state`, JSON.stringify({ ticket }));
  }

  beat(sitting: number, ticket: string): Promise<Beat> {
    return this.post(`/v1/s/${sitting}/beat`, JSON.stringify({ ticket }));
  }

  /** `body` is the journalled text `{"seq":…,"answers":…}`; the ticket goes before it, the rest stays byte for byte. */
  save(sitting: number, ticket: string, body: string): Promise<Ack> {
    return this.post(`/v1/s/${sitting}/save`, `{"ticket":${JSON.stringify(ticket)},${body.slice(1)}`);
  }

  async key(sitting: number, ticket: string): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await this.post<{ key: string }>(`/v1/s/${sitting}/key`, JSON.stringify({ ticket }));
    return fromBase64(answer.key);
  }

  async openedPaper(sitting: number, ticket: string): Promise<unknown> {
    const answer = await this.post<{ paper: unknown }>(`/v1/s/${sitting}/paper`, JSON.stringify({ ticket }));
    return answer.paper;
  }

  async handIn(sitting: number, ticket: string, seq: number, digest: string): Promise<Receipt> {
    const answer = await this.post<{ receipt: Receipt }>(`/v1/s/${sitting}/hand-in`, JSON.stringify({ ticket, seq, digest }));
    return answer.receipt;
  }

  async sealedPaper(href: string): Promise<ArrayBuffer> {
    const answer = await this.ask(href, { method: "GET" }, 30_000);
    if (!answer.ok) throw await this.refusal(answer);
    return answer.arrayBuffer();
  }

  /** Clock samples without a ticket, for the waiting room. */
  async time(): Promise<number> {
    const sent = this.mono();
    const answer = await this.ask("/v1/time", { method: "GET" }, PATIENCE);
    const { now } = (await answer.json()) as { now: number };
    this.clock.sample(sent, this.mono(), now);
    return this.mono() - sent;
  }

  protected override async post<T>(path: string, body: string): Promise<T> {
    const sent = this.mono();
    const reply = await super.post<T & { now?: number }>(path, body);
    if (typeof reply.now === "number") this.clock.sample(sent, this.mono(), reply.now);
    return reply;
  }
}
