/** The host's moves: which stand where, what they are called, which is next. The referee decides what is allowed. */

import { fill, type Language } from "../../lib/lane";
import type { MoveOf, StageView } from "../../lib/stage";
import { nameOf } from "./face";

const ZH = {
  question: "出下一题",
  questionFirst: "出题",
  read: "读题完毕",
  go: "开始抢答",
  goAnswer: "开始作答",
  started: "宣布开始",
  begin: "开始回答",
  done: "回答完毕",
  timeout: "时间到",
  right: "答对",
  partly: "基本正确",
  wrong: "答错",
  late: "超时",
  none: "不计",
  replace: "更换此题",
  drop: "本题作废",
  audience: "转观众作答",
  foul: "记犯规",
  pass: "放弃转对方",
  lifeline: "使用求助",
  press: "代记抢答",
  give: "转给%1",
  choose: "选%1",
  decline: "放弃选题",
  first: "裁定先按",
  open: "开始%1",
  openOrder: "开始%1（次序%2）",
  end: "结束本环节",
  endEarly: "提前结束本环节",
  pause: "暂停",
  resume: "继续比赛",
  close: "结束比赛",
  closeEarly: "提前结束比赛",
  absent: "缺席",
  left: "退赛",
  void: "取消资格",
  penalty: "扣分：%1",
  bonus: "加分：%1",
  undo: "撤销",
  rewrite: "改判",
  note: "备注",
  seat: "席位",
  member: "队员",
  present: "到场",
};

export type MoveWords = typeof ZH;

const EN: MoveWords = {
  question: "Next question",
  questionFirst: "First question",
  read: "Read out",
  go: "Open the buzzer",
  goAnswer: "Start answering",
  started: "Go",
  begin: "Answer begins",
  done: "Answer complete",
  timeout: "Time is up",
  right: "Right",
  partly: "Basically right",
  wrong: "Wrong",
  late: "Too late",
  none: "Does not count",
  replace: "Replace the question",
  drop: "Void the question",
  audience: "To the audience",
  foul: "Foul",
  pass: "Pass",
  lifeline: "Lifeline",
  press: "Log a press",
  give: "Hand to %1",
  choose: "Choose %1",
  decline: "Decline",
  first: "Ruled first",
  open: "Start %1",
  openOrder: "Start %1 (order %2)",
  end: "End the segment",
  endEarly: "End the segment early",
  pause: "Pause",
  resume: "Go on",
  close: "End the match",
  closeEarly: "End the match early",
  absent: "Absent",
  left: "Withdrawn",
  void: "Disqualified",
  penalty: "Penalty: %1",
  bonus: "Bonus: %1",
  undo: "Undo",
  rewrite: "Change",
  note: "Note",
  seat: "Seat",
  member: "Member",
  present: "Present",
};

export function moveWords(language: Language): MoveWords {
  return language === "en" ? EN : ZH;
}

export interface Titles {
  readonly segments: Readonly<Record<string, string>>;
  readonly conduct: Readonly<Record<string, string>>;
}

/**
 * What a key is for, "" where it is nothing of ours. Clickers send PageDown and PageUp, and «b» or a full stop for a black
 * screen. A button keeps the keys that press it, a line of text all but the clicker's pages.
 */
export function keyed(key: string, target: HTMLElement | null): string {
  const pages: Readonly<Record<string, string>> = { PageDown: "next", PageUp: "back" };
  const name = target?.tagName ?? "";
  if (key in pages) return pages[key] ?? "";
  if (["INPUT", "TEXTAREA", "SELECT"].includes(name)) return "";
  if (key === " ") return ["BUTTON", "A", "SUMMARY"].includes(name) ? "" : "next";
  const plain: Readonly<Record<string, string>> = { arrowright: "next", arrowleft: "back", b: "black", ".": "black", r: "right", w: "wrong", p: "partly", t: "timeout" };
  return plain[key.toLowerCase()] ?? "";
}

const VERDICTS: Readonly<Record<string, keyof MoveWords>> = { right: "right", partly: "partly", wrong: "wrong", timeout: "late", none: "none" };
const OUTS: Readonly<Record<string, keyof MoveWords>> = { absent: "absent", left: "left", void: "void" };

/** What a move is called on its button. */
export function labelOf(move: MoveOf, view: StageView, words: MoveWords, titles: Titles): string {
  const { kind, seat, value } = move;
  if (kind === "verdict") return words[VERDICTS[value] ?? "none"];
  if (kind === "out") return words[OUTS[value] ?? "left"];
  if (kind === "open") {
    const [segment = "", order = ""] = value.split("=");
    const title = titles.segments[segment] ?? segment;
    return order ? fill(words.openOrder, title, order.split(">").join("、")) : fill(words.open, title);
  }
  if (kind === "question") return view.question || (view.segment?.number ?? 0) > 0 ? words.question : words.questionFirst;
  if (kind === "go") return pressing(view) ? words.go : words.goAnswer;
  if (kind === "end") return value ? words.endEarly : words.end;
  if (kind === "close") return value ? words.closeEarly : words.close;
  if (kind === "give") return fill(words.give, nameOf(view, value));
  if (kind === "choose") return value === "decline" ? words.decline : fill(words.choose, value);
  if (kind === "penalty" || kind === "bonus") return fill(words[kind], titles.conduct[value] ?? value);
  if (kind === "first") return `${nameOf(view, seat)} ${words.first}`;
  return kind in words ? words[kind as keyof MoveWords] : kind;
}

/** What a line of the log is called: by itself, whatever is on stage now. */
export function loggedOf(line: MoveOf, view: StageView, words: MoveWords, titles: Titles): string {
  if (line.kind === "go") return words.started;
  if (line.kind === "question") return words.questionFirst;
  return labelOf(line, view, words, titles);
}

/** Segments where a seat answers without having pressed: it is read to before it answers. */
const OWN_TURN = new Set(["must", "risk", "designation"]);

function pressing(view: StageView): boolean {
  return ["buzzer", "playoff", "duel"].includes(view.segment?.kind ?? "") && view.question?.turn.length === 0;
}

const has = (view: StageView, kind: string, value?: string): MoveOf | undefined =>
  view.host?.allowed.find((move) => move.kind === kind && (value === undefined || move.value === value));

/** The move that the big button and the clicker make: what a match does next; null where a verdict is due. */
export function nextMove(view: StageView, now: number): MoveOf | null {
  const resume = has(view, "resume");
  if (resume) return resume;
  const question = view.question;
  if (question && question.phase === "asked") {
    const [go, read] = [has(view, "go"), has(view, "read")];
    return go && pressing(view) ? go : (read ?? go ?? null);
  }
  const clock = view.clock;
  const late = has(view, "timeout");
  if (late && clock && clock.at <= now) return late;
  const answering = question?.phase === "answering" && question.turn.length > 0;
  if (answering) return (OWN_TURN.has(view.segment?.kind ?? "") && has(view, "read")) || null; // the clock begins
  if (question && question.phase !== "over") return has(view, "go") ?? null;
  const next = has(view, "question");
  if (next) return { ...next, value: next.value || nextQuestion(view) };
  const opens = (view.host?.allowed ?? []).filter((move) => move.kind === "open");
  return opens[0] ?? has(view, "close", "") ?? has(view, "end", "") ?? null;
}

/** The name of the first planned question that was not asked: of this segment, else one of any, else a spare. */
export function nextQuestion(view: StageView): string {
  const unused = (view.host?.questions ?? []).filter((one) => !one.used);
  const here = unused.find((one) => !one.spare && one.segment === view.segment?.id);
  const any = unused.find((one) => !one.spare && one.segment === "");
  const spare = unused.find((one) => one.spare && (one.segment === view.segment?.id || one.segment === ""));
  return (here ?? any ?? spare)?.name ?? "";
}

/** The last line that a host may want to take back: the last of the log that is no correction itself. */
export function undoable(view: StageView): { readonly seq: number; readonly kind: string; readonly seat: string; readonly value: string } | null {
  const log = view.host?.log ?? [];
  const gone = new Set(log.filter((line) => line.kind === "void").flatMap((line) => line.value.split(",").map(Number)));
  for (let at = log.length - 1; at >= 0; at -= 1) {
    const line = log[at];
    if (line && !["void", "correct", "note", "seat", "member", "present"].includes(line.kind) && !gone.has(line.seq)) return line;
  }
  return null;
}
