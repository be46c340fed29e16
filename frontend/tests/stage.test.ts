import { describe, expect, it } from "vitest";
import { Backoff } from "../src/lib/backoff";
import type { FromStage, HostView, MyView, QuestionView, SeatView, StageView, ToStage } from "../src/lib/stage";
import { isAllowed, judged, noteText } from "../src/islands/stage/desk";
import { deskWords } from "../src/islands/stage/desk_words";
import { left } from "../src/islands/stage/drum";
import { faceOf, goneFace } from "../src/islands/stage/face";
import { browserMeans, StageLine, type Link, type Means, type Pressed } from "../src/islands/stage/line";
import { keyed, labelOf, loggedOf, moveWords, nextMove, nextQuestion, undoable } from "../src/islands/stage/moves";
import { closeText, modeOf, places, rightLetters, stripOf, tagOf } from "../src/islands/stage/parts";
import { soundOf } from "../src/islands/stage/sounds";
import { wordsOf } from "../src/islands/stage/words";

const zh = wordsOf("zh");

function seat(name: string, more: Partial<SeatView> = {}): SeatView {
  return { seat: name, name: `${name}队`, score: "0", state: "wait", fouls: 0, wrong: 0, out: "", online: true, ...more };
}

function question(more: Partial<QuestionView> = {}): QuestionView {
  return { q: 7, number: 1, name: "q1", phase: "asked", turn: [], owner: "", target: "", stake: "", member: 0, outcome: "", go: 0, ...more };
}

function view(more: Partial<StageView> = {}): StageView {
  return {
    seq: 9,
    now: 5_000_000,
    role: "seat",
    match: { id: 1, code: "m", title: "决赛", event: "抢答赛", state: "running", mode: "arrival", band: 0, cap: 0, chosen: true, rehearsal: false },
    segment: { id: "buzzer", title: "抢答", kind: "buzzer", number: 1, questions: 15, complete: false },
    question: null,
    clock: null,
    seats: [seat("1"), seat("2")],
    order: ["1", "2"],
    screen: { show: "auto", reveal: false, strip: "" },
    ...more,
  };
}

const me = (state: SeatView["state"], more = {}): MyView => ({ seat: "1", state, may: false, early: false, place: 0, behind: 0, ...more });

describe("a seat's face", () => {
  it("asks to listen while the question is read, and can be hit where that is a foul", () => {
    const face = faceOf(view({ question: question(), me: me("wait", { early: true }) }), null, zh);
    expect([face.look, face.title, face.live]).toEqual(["wait", "请听题", true]);
  });

  it("is red and live when it may press, and shows a press at once", () => {
    const open = view({ question: question({ phase: "open" }), me: me("may", { may: true }) });
    expect(faceOf(open, null, zh)).toMatchObject({ look: "open", kind: "house", live: true, word: "抢" });
    expect(faceOf(open, "sending", zh)).toMatchObject({ look: "sent", live: false, title: "已按下" });
  });

  it("says by how much it was ahead, or behind, in milliseconds", () => {
    const presses = [
      { seat: "1", at: 1_000_000, margin: 0 },
      { seat: "2", at: 1_038_400, margin: 38_400 },
    ];
    const won = faceOf(view({ question: question({ phase: "answering", turn: ["1"], presses }), me: me("answers", { place: 1 }) }), null, zh);
    expect([won.look, won.note, won.counts]).toEqual(["won", "抢先38毫秒，已登记", true]);
    const late = faceOf(view({ question: question({ phase: "answering", turn: ["2"] }), me: me("pressed", { place: 2, behind: 38_400 }) }), null, zh);
    expect([late.look, late.title, late.note, late.small]).toEqual(["lost", "2号先抢到", "你晚38毫秒，这次按下已登记", "2队作答中"]);
  });

  it("tells a foul from another lock, and the end from a pause", () => {
    const locked = view({ question: question({ phase: "open" }), me: me("locked") });
    expect(faceOf(locked, { q: 7, state: "early", text: "" }, zh).title).toBe("抢跑");
    expect(faceOf(locked, { q: 6, state: "early", text: "" }, zh).title).toBe("本题不能再答");
    const failed = view({ question: question({ phase: "open" }), me: me("failed") });
    expect([faceOf(failed, null, zh).title, faceOf(failed, null, zh).word]).toEqual(["未答对", "误"]);
  });

  it("keeps to what was logged until the view says it as well", () => {
    const open = view({ question: question({ phase: "open" }), me: me("may", { may: true }) });
    const face = faceOf(open, { q: 7, state: "logged", text: "" }, zh);
    expect([face.title, face.word, face.live]).toEqual(["已登记", "按", false]);
    expect(faceOf(open, { q: 6, state: "logged", text: "" }, zh).live).toBe(true);
  });

  it("says that the seat is somebody else's now", () => {
    const face = goneFace("本席已在另一台设备上进入。", zh);
    expect([face.title, face.note, face.word, face.live]).toEqual(["已离席", "本席已在另一台设备上进入。", "离", false]);
    const base = view({ me: me("wait") });
    expect(faceOf({ ...base, match: { ...base.match, state: "paused" } }, null, zh).title).toBe("比赛暂停");
    expect(faceOf({ ...base, match: { ...base.match, state: "closed" } }, null, zh).title).toBe("比赛结束");
    expect(faceOf(view({ me: me("stopped"), question: question() }), null, zh).title).toBe("停止答题");
  });

  it("names the photo finish by the rule's answer", () => {
    const close = { seats: ["1", "2"], gap: 300, band: 900, answer: "replaced" as const };
    const face = faceOf(view({ question: question({ phase: "close", close }), me: me("pressed") }), null, zh);
    expect([face.title, face.note]).toEqual(["难分先后", "两席相差小于可辨的时间，本题将更换"]);
  });
});

describe("a member who has to answer", () => {
  it("is named by the number on the seat that answers", () => {
    const turn = { phase: "answering", turn: ["1"] } as const;
    expect(faceOf(view({ question: question({ ...turn, member: 2 }), me: me("answers") }), null, zh).note).toBe("由2号队员作答");
    expect(faceOf(view({ question: question(turn), me: me("answers") }), null, zh).note).toBe("");
  });
});

describe("a question that was replaced", () => {
  const close = { seats: ["1", "3"], gap: 300, band: 900, answer: "replaced" as const };
  const over = question({ phase: "over", outcome: "replaced", q: 0 });

  it("says to the two that they were too close, to the others that another one comes", () => {
    expect(faceOf(view({ question: { ...over, close }, me: me("wait") }), null, zh).title).toBe("难分先后");
    expect(faceOf(view({ question: { ...over, close: { ...close, seats: ["2", "3"] } }, me: me("wait") }), null, zh).title).toBe("本题更换");
    expect(faceOf(view({ question: over, me: me("wait") }), null, zh).title).toBe("本题更换");
  });
});

describe("clocks and lists", () => {
  it("counts begun seconds down and never below nought", () => {
    expect(left({ at: 12_300_000, of: 30 }, 300_000)).toEqual({ seconds: 12, share: 0.4 });
    expect(left({ at: 1, of: 30 }, 5_000_000)).toEqual({ seconds: 0, share: 0 });
    expect(left(null, 0)).toBeNull();
  });

  it("gives level scores one place and leaves the next one out", () => {
    const seats = [seat("1", { score: "10" }), seat("2", { score: "20" }), seat("3", { score: "10" }), seat("4", { score: "5" })];
    const found = places(view({ seats, order: ["2", "1", "3", "4"] })).map(([place, one]) => [place, one.seat]);
    expect(found).toEqual([[1, "2"], [2, "1"], [2, "3"], [4, "4"]]);
    const played = [seat("1", { score: "20", playoff: 2 }), seat("2", { score: "20", playoff: 1 })];
    expect(places(view({ seats: played, order: ["2", "1"] })).map(([place, one]) => [place, one.seat])).toEqual([[1, "2"], [2, "1"]]);
  });

  it("writes margins in seconds to the thousandth", () => {
    const shown = view({ question: question({ presses: [{ seat: "2", at: 1, margin: 38_000 }] }) });
    expect(tagOf(shown, seat("2", { state: "pressed" }), zh)).toBe("晚0.038秒");
    expect(tagOf(shown, seat("1", { out: "absent", state: "out" }), zh)).toBe("缺席");
  });

  it("parts a lower third into a name and who that is", () => {
    expect(["岳望舒｜裁判长", "苗青禾 | 嘉宾｜主任", "全体起立", " "].map((line) => stripOf(line))).toEqual([
      ["岳望舒", "裁判长"],
      ["苗青禾", "嘉宾 主任"],
      ["全体起立", ""],
      ["", ""],
    ]);
  });

  it("knows letters of an answer from other answers", () => {
    expect([rightLetters("ACD"), rightLetters(["A", "B"]), rightLetters("正确"), rightLetters(true)]).toEqual([["A", "C", "D"], ["A", "B"], [], []]);
  });

  it("rings when the state turns, not when a view is repeated", () => {
    const asked = view({ question: question() });
    const open = view({ question: question({ phase: "open" }) });
    const over = view({ question: question({ phase: "over", outcome: "failed" }) });
    expect([soundOf(asked, open), soundOf(open, open), soundOf(open, over), soundOf(null, open)]).toEqual(["open", "", "failed", ""]);
  });
});

describe("the host's moves", () => {
  const allowed = (...kinds: readonly string[]): HostView => ({
    allowed: kinds.map((kind) => ({ kind: kind.split(":")[0] ?? "", seat: "", value: kind.split(":")[1] ?? "" })),
    due: [],
    next: "",
    questions: [
      { name: "q1", number: 1, segment: "buzzer", spare: false, used: true },
      { name: "q2", number: 2, segment: "buzzer", spare: false, used: false },
      { name: "s1", number: 3, segment: "", spare: true, used: false },
    ],
    log: [
      { seq: 7, at: 1, kind: "question", seat: "", value: "q1", by: "host:a" },
      { seq: 8, at: 2, kind: "verdict", seat: "1", value: "right", by: "host:a" },
      { seq: 9, at: 3, kind: "void", seat: "", value: "8", by: "host:a" },
    ],
    net: {},
    ruling: [],
    manner: [],
    reading: false,
  });

  it("asks, opens, waits for a verdict, and asks on", () => {
    expect(nextMove(view({ host: allowed("question") }), 0)).toMatchObject({ kind: "question", value: "q2" });
    expect(nextMove(view({ question: question(), host: allowed("read", "go") }), 0)?.kind).toBe("go");
    expect(nextMove(view({ question: question({ phase: "answering", turn: ["1"] }), host: allowed("verdict:right") }), 0)).toBeNull();
    const must = view({ segment: { id: "must", title: "必答题", kind: "must", number: 1, questions: 4, complete: false }, question: question({ phase: "answering", turn: ["1"] }), host: allowed("verdict:right", "read") });
    expect(nextMove(must, 0)?.kind).toBe("read");
    expect(nextMove(view({ question: question({ phase: "answering", turn: ["1"] }), host: allowed("verdict:right", "read") }), 0)).toBeNull(); // after a press the clock runs
    const over = view({ question: question({ phase: "over" }), host: allowed("question", "pause", "end:early") });
    expect(nextMove(over, 0)?.kind).toBe("question");
  });

  it("offers the end of the time only when it is over, and the pause's end first", () => {
    const open = question({ phase: "open" });
    const clock = { clock: "press" as const, at: 2_000_000, of: 10 };
    expect(nextMove(view({ question: open, clock, host: allowed("timeout") }), 1_999_999)).toBeNull();
    expect(nextMove(view({ question: open, clock, host: allowed("timeout") }), 2_000_000)?.kind).toBe("timeout");
    expect(nextMove(view({ host: allowed("question", "resume") }), 0)?.kind).toBe("resume");
  });

  it("opens the next segment when one is done, and ends the match last", () => {
    const done = view({ host: allowed("close", "open:risk") });
    expect(nextMove(done, 0)).toMatchObject({ kind: "open", value: "risk" });
    expect(nextMove(view({ host: allowed("close") }), 0)?.kind).toBe("close");
    const words = moveWords("zh");
    expect(labelOf({ kind: "open", seat: "", value: "risk=2>1" }, done, words, { segments: { risk: "风险题" }, conduct: {} })).toBe("开始风险题（次序2、1）");
  });

  it("calls a line of the log the same, whatever is on stage when it is read", () => {
    const go = { kind: "go", seat: "", value: "" };
    const views = [view(), view({ question: question({ phase: "answering", turn: ["1"] }) })];
    expect(views.map((one) => loggedOf(go, one, moveWords("zh"), { segments: {}, conduct: {} }))).toEqual(["宣布开始", "宣布开始"]);
  });

  it("falls back on a spare, and takes back the last line that still counts", () => {
    const host = allowed();
    expect(nextQuestion(view({ host: { ...host, questions: host.questions.filter((one) => one.name !== "q2") } }))).toBe("s1");
    expect(undoable(view({ host }))).toMatchObject({ seq: 7, kind: "question" });
  });
});

describe("the host's keys", () => {
  const on = (tag: string): HTMLElement => ({ tagName: tag }) as HTMLElement;

  it("are those of the keyboard, and those that clickers send", () => {
    const keys = ["PageDown", " ", "ArrowRight", "PageUp", "ArrowLeft", "b", ".", "R", "w", "P", "t", "Enter", "F5"];
    expect(keys.map((key) => keyed(key, null))).toEqual(["next", "next", "next", "back", "back", "black", "black", "right", "wrong", "partly", "timeout", "", ""]);
  });

  it("leave a button its own, and a line of text all but the clicker's pages", () => {
    expect([" ", "PageDown", "r", "b"].map((key) => keyed(key, on("BUTTON")))).toEqual(["", "next", "right", "black"]);
    expect([" ", "PageDown", "r", ".", "PageUp"].map((key) => keyed(key, on("INPUT")))).toEqual(["", "next", "", "", "back"]);
  });
});

describe("the host's desk", () => {
  it("judges who answers, whoever is chosen; of several the one that is chosen", () => {
    const one = view({ question: question({ turn: ["2"] }) });
    const two = view({ question: question({ turn: ["1", "2"] }) });
    expect([judged(one, "1"), judged(two, "2"), judged(two, "3"), judged(view(), "1")]).toEqual(["2", "2", "", ""]);
    expect(isAllowed(view(), { kind: "go", seat: "", value: "" })).toBe(false);
  });

  it("says in words how presses count, and what the stage has noted of it", () => {
    const base = view();
    const slow = { ...base, match: { ...base.match, mode: "compensated" as const, cap: 34 } };
    expect([modeOf(base, zh), modeOf(slow, zh)]).toEqual(["按到达先后", "时延补偿，上限34毫秒"]);
    const said = (note: string): string => noteText(note, zh, deskWords("zh"));
    expect(said("mode=compensated cap=34000 band=16198")).toBe("时延补偿，上限34毫秒 · 难分先后：16.2毫秒以内");
    expect([said("mode=arrival cap=0 band=8000"), said("mode=manual cap=0 band=0"), said("评委提醒")]).toEqual(["按到达先后 · 难分先后：8毫秒以内", "举牌记录", ""]);
  });

  it("calls the question after a replaced one the next, and the first of all the first", () => {
    const first = { ...view().segment!, number: 0 };
    const ask = { kind: "question", seat: "", value: "q2" };
    const label = (more: Partial<StageView>): string => labelOf(ask, view({ segment: first, ...more }), moveWords("zh"), { segments: {}, conduct: {} });
    expect([label({}), label({ question: question({ phase: "over", outcome: "replaced" }) })]).toEqual(["出题", "出下一题"]);
  });

  it("names the two of a photo finish, and for whom everybody waits", () => {
    const close = { seats: ["1", "2"], gap: 300, band: 900, answer: "chief" as const };
    expect(closeText(view({ question: question({ phase: "close", close }) }), zh)).toBe("难分先后：1 1队 · 2 2队，等待裁判长裁定");
    expect(closeText(view({ question: question({ phase: "over", close }) }), zh)).toBe("难分先后：1 1队 · 2 2队");
    expect(closeText(view({ question: question() }), zh)).toBe("");
  });
});

class Fake {
  readyState: 0 | 1 | 2 | 3 = 0;
  sent: ToStage[] = [];
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ToStage);
  }
  close(): void {
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.({} as Event);
  }
  say(message: FromStage): void {
    this.onmessage?.({ data: JSON.stringify(message) } as MessageEvent);
  }
}

function lined(): { line: StageLine; sockets: Fake[]; links: Link[]; pressed: Pressed[]; later: (() => void)[]; at: { now: number } } {
  const sockets: Fake[] = [];
  const links: Link[] = [];
  const pressed: Pressed[] = [];
  const later: (() => void)[] = [];
  const at = { now: 1000 };
  const means: Means = {
    open: (url) => {
      expect(url).toBe("ws://hall:9/v1/stage");
      const socket = new Fake();
      sockets.push(socket);
      return socket;
    },
    mono: () => at.now,
    later: (work) => void later.push(work),
    backoff: new Backoff(10, 20, () => 0),
  };
  const line = new StageLine(
    { url: "http://hall:9", path: "/v1/stage", ticket: "t", language: "zh" },
    { link: (link) => void links.push(link), press: (one) => void pressed.push(one) },
    means,
  );
  line.start();
  return { line, sockets, links, pressed, later, at };
}

describe("the line to the stage", () => {
  const hello: FromStage = { t: "hello", role: "seat", seat: "1", view: view({ question: question({ phase: "open" }) }) };

  it("enters with its ticket and answers an exchange of clocks at once", () => {
    const { line, sockets, at } = lined();
    sockets[0]!.open();
    expect(sockets[0]!.sent).toEqual([{ t: "enter", ticket: "t" }]);
    sockets[0]!.say(hello);
    at.now = 1200;
    expect(line.now()).toBe(5_200_000); // the view's instant, 200 ms later
    sockets[0]!.say({ t: "sync", c: 3, off: 250, rtt: 4000, doubt: 2000 });
    expect(sockets[0]!.sent[1]).toEqual({ t: "sync", c: 3, local: 1200 });
    expect(line.now()).toBe(1_200_250);
  });

  it("presses once a question and says it again after the line broke, with the same figures", () => {
    const { line, sockets, links, pressed, later } = lined();
    sockets[0]!.open();
    sockets[0]!.say(hello);
    expect([line.press(1234.5), line.press(1240)]).toEqual([true, false]);
    sockets[0]!.onclose?.({} as CloseEvent);
    expect(links).toEqual(["linked", "broken"]);
    later[0]!();
    sockets[1]!.open();
    sockets[1]!.say(hello);
    const told: ToStage = { t: "press", q: 7, n: 1, local: 1234.5 };
    expect(sockets[0]!.sent[1]).toEqual(told);
    expect(sockets[1]!.sent).toEqual([{ t: "enter", ticket: "t" }, told]);
    sockets[1]!.say({ t: "press", n: 1, state: "behind", seq: 12, at: 9 });
    expect(pressed).toEqual([{ q: 7, state: "behind", text: "" }]);
    sockets[1]!.onclose?.({} as CloseEvent);
    later[1]!();
    sockets[2]!.open();
    sockets[2]!.say(hello);
    expect(sockets[2]!.sent).toHaveLength(1); // it was answered: nothing is repeated
  });

  it("does not come back once another device has its seat", () => {
    const { line, sockets, links, later } = lined();
    sockets[0]!.open();
    sockets[0]!.say({ t: "bye", code: "taken_over", zh: "本席已换机", en: "moved" });
    sockets[0]!.onclose?.({} as CloseEvent);
    expect([links, line.link, later.length]).toEqual([["ended"], "ended", 0]);
  });

  it("holds a line that was silent too long for broken", () => {
    const { line, sockets, links, at } = lined();
    sockets[0]!.open();
    sockets[0]!.say(hello);
    at.now += 45_001;
    line.tick();
    expect(links).toEqual(["linked", "broken"]);
  });

  it("has those back who play within 0.6 s of the stage, and the crowd spread over seconds", () => {
    const waits = (path: "/v1/stage" | "/v1/watch"): number[] => {
      const { backoff } = browserMeans(path);
      return Array.from({ length: 12 }, () => backoff.next());
    };
    expect(waits("/v1/stage")[0]).toBeLessThanOrEqual(200);
    expect(Math.max(...waits("/v1/stage"))).toBeLessThanOrEqual(600);
    expect(Math.min(...waits("/v1/watch").slice(6))).toBeGreaterThanOrEqual(2000);
  });
});
