/** A lane for tests: the rules of the wire in memory, with faults to order. */

import { nextDigest, startDigest } from "../src/islands/exam/chain";
import { LaneError, NoAnswer, type Ack, type AnswerRow, type Answer, type Seat } from "../src/islands/exam/wire";

export class TestLane {
  seq = 0;
  digest = "";
  deadline = Number.MAX_SAFE_INTEGER;
  state: Seat["state"] = "open";
  epoch = 1;
  expired = false;
  readonly bodies: string[] = [];
  readonly late: string[] = [];
  /** every save that arrived, also those whose answer was lost */
  readonly arrived: string[] = [];
  private readonly digests = new Map<number, [string, string]>();
  private readonly latest = new Map<number, Answer>();
  /** faults of the next saves, first first */
  readonly faults: ("lost" | "reply lost" | "busy" | "wrong digest")[] = [];

  static async of(sitting: number): Promise<TestLane> {
    const lane = new TestLane();
    lane.digest = await startDigest(sitting);
    return lane;
  }

  get ticket(): string {
    return `t${this.epoch}`;
  }

  seat(): Seat {
    return {
      ticket: this.ticket,
      sitting: 42,
      epoch: this.epoch,
      now: 0,
      state: this.state,
      exam: { code: "x", title: "全省晋级赛", opens_at: 0, closes_at: 1 },
      who: { name: "贺知秋", delegation: "绵阳市", number: "1", site: "s", seat: 1 },
      paper: { id: 7, version: 1, href: "/p", size: 1 },
      deadline: this.deadline,
      seq: this.seq,
      digest: this.digest,
      answers: [...this.latest],
    };
  }

  enter = (): Promise<Seat> => {
    this.expired = false;
    return Promise.resolve(this.seat());
  };

  // eslint-disable-next-line @typescript-eslint/require-await -- its faults must be rejections
  guard = async (ticket: string): Promise<void> => {
    if (ticket !== this.ticket) throw new LaneError(409, "taken_over", "另一台设备");
    if (this.expired) throw new LaneError(401, "ticket_expired", "");
  };

  wire = {
    enter: this.enter,
    state: async (_sitting: number, ticket: string): Promise<Seat> => {
      await this.guard(ticket);
      return this.seat();
    },
    save: async (_sitting: number, ticket: string, body: string): Promise<Ack> => {
      const fault = this.faults.shift();
      if (fault === "lost") throw new NoAnswer("offline");
      if (fault === "busy") throw new LaneError(503, "busy", "", {}, 0);
      await this.guard(ticket);
      this.arrived.push(body);
      const ack = await this.take(body);
      if (fault === "reply lost") throw new NoAnswer("cut");
      return fault === "wrong digest" ? { ...ack, digest: "00".repeat(32) } : ack;
    },
  };

  private async take(body: string): Promise<Ack> {
    const { seq, answers } = JSON.parse(body) as { seq: number; answers: AnswerRow[] };
    const reply = { seq, at: 0, deadline: this.deadline, state: this.state };
    const known = this.digests.get(seq);
    if (known) {
      if (known[1] !== body) throw new LaneError(409, "seq_conflict", "");
      return { ...reply, digest: known[0], repeat: true };
    }
    if (this.state === "closed") throw new LaneError(409, "closed", "已收卷");
    if (this.deadline < 0) {
      this.late.push(body);
      throw new LaneError(410, "late", "逾时", { deadline: this.deadline });
    }
    if (seq !== this.seq + 1) throw new LaneError(409, "seq_gap", "", { expected: this.seq + 1 });
    this.digest = await nextDigest(this.digest, body);
    this.seq = seq;
    this.digests.set(seq, [this.digest, body]);
    this.bodies.push(body);
    for (const [n, a] of answers) this.latest.set(n, a);
    return { ...reply, digest: this.digest };
  }

  /** Another machine answers under the next epoch. */
  async elsewhere(answers: AnswerRow[]): Promise<void> {
    this.epoch += 1;
    await this.take(JSON.stringify({ seq: this.seq + 1, answers }));
  }

  /** The database came back from a backup: the last batches are gone. */
  async restoreTo(seq: number): Promise<void> {
    this.seq = seq;
    this.digest = seq === 0 ? await startDigest(42) : (this.digests.get(seq)?.[0] ?? "");
    for (const key of [...this.digests.keys()]) if (key > seq) this.digests.delete(key);
    this.latest.clear();
    this.bodies.length = seq;
    for (const body of this.bodies) for (const [n, a] of (JSON.parse(body) as { answers: AnswerRow[] }).answers) this.latest.set(n, a);
  }
}
