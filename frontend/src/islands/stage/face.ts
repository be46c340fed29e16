/** What a seat's screen says, from the view alone: state in colour, shape and words. */

import { fill } from "../../lib/lane";
import type { StageView } from "../../lib/stage";
import type { Pressed } from "./line";
import type { Words } from "./words";

export type Look = "wait" | "open" | "sent" | "won" | "lost" | "out";

export interface Face {
  readonly look: Look;
  readonly kind: "idle" | "house" | "ok" | "act" | "bad" | "warn";
  readonly title: string;
  readonly note: string;
  /** On the drum, and below it; where `counts`, the seconds left stand in its place. */
  readonly word: string;
  readonly small: string;
  readonly counts: boolean;
  /** The drum can be hit. */
  readonly live: boolean;
}

function face(look: Look, kind: Face["kind"], title: string, note: string, word: string, more: Partial<Face> = {}): Face {
  return { look, kind, title, note, word, small: "", counts: false, live: false, ...more };
}

const ms = (microseconds: number): string => String(Math.round(microseconds / 1000));

export function nameOf(view: StageView, seat: string): string {
  return view.seats.find((one) => one.seat === seat)?.name ?? seat;
}

/** @param pressed what became of this device's last press, null where it has made none. */
export function faceOf(view: StageView, pressed: Pressed | "sending" | null, words: Words): Face {
  const me = view.me;
  const question = view.question;
  if (view.match.state === "closed") return face("out", "idle", words.closed, words.closedNote, words.charOver);
  if (view.match.state === "paused") return face("wait", "warn", words.paused, words.pausedNote, words.charPaused);
  if (!me || me.state === "out") return face("out", "bad", words.out, "", words.charOut);
  if (me.state === "stopped") return face("out", "bad", words.stopped, words.stoppedNote, words.charOut);
  if (!question || view.match.state === "ready") return face("wait", "idle", words.wait, words.waitNote, words.charWait);
  if (me.state === "answers") return answering(view, words);
  if (question.phase === "over") return ended(view, words);
  const logged = pressed !== null && pressed !== "sending" && pressed.q === question.q ? pressed.state : "";
  if (me.state === "failed") return face("out", "bad", words.failed, words.locked, words.charFailed);
  if (me.state === "locked") {
    return face("out", "bad", logged === "early" ? words.early : words.locked, logged === "early" ? words.earlyNote : words.lockedNote, words.charOut);
  }
  if (question.phase === "close") {
    const note = question.close?.answer === "chief" ? words.closeChief : words.closeReplaced;
    return face("wait", "warn", words.close, note, words.charPaused);
  }
  if (me.state === "pressed") return behind(view, words);
  if (logged === "logged" || logged === "behind") return face("sent", "house", words.held, words.heldNote, words.charSent); // the view follows
  if (pressed === "sending") return face("sent", "house", words.sent, words.sentNote, words.charSent);
  if (question.turn.length > 0) return others(view, words);
  if (view.match.mode === "manual") return face("wait", "idle", words.manual, words.manualNote, words.charManual);
  if (me.may) {
    const free = question.phase === "asked";
    return face("open", "house", words.open, free ? words.listenFree : words.openNote, words.charOpen, { live: true });
  }
  return face("wait", "idle", words.listen, me.early ? words.listenNote : words.waitNote, words.charListen, { live: me.early });
}

/** This device has lost its seat: what stood there is somebody else's now. */
export function goneFace(text: string, words: Words): Face {
  return face("wait", "warn", words.gone, text, words.charGone);
}

/** Which member of the team has to answer, where the rules or the host name one. */
export function memberText(view: StageView, words: Words): string {
  const member = view.question?.member ?? 0;
  return member > 0 ? fill(words.member, member) : "";
}

function answering(view: StageView, words: Words): Face {
  const rival = view.question?.presses?.[1];
  const pressedFor = (view.me?.place ?? 0) > 0;
  const ahead = pressedFor ? (rival ? fill(words.mineAhead, ms(rival.margin)) : words.mineNote) : "";
  const note = [memberText(view, words), ahead].filter(Boolean).join(" · ");
  const title = pressedFor ? words.mine : words.mineTurn;
  return face("won", "ok", title, note, words.charTurn, { small: words.seconds, counts: true });
}

function ended(view: StageView, words: Words): Face {
  if (view.me?.state === "right") return face("won", "ok", words.right, "", words.charRight);
  if (view.me?.state === "failed") return face("out", "bad", words.failed, "", words.charFailed);
  if (view.question?.outcome === "replaced") return replaced(view, words);
  return face("wait", "idle", words.over, words.waitNote, words.charWait);
}

function replaced(view: StageView, words: Words): Face {
  const mine = view.question?.close?.seats.includes(view.me?.seat ?? "") ?? false;
  return mine
    ? face("wait", "warn", words.close, words.closeReplaced, words.charPaused)
    : face("wait", "idle", words.replaced, words.replacedNote, words.charWait);
}

function behind(view: StageView, words: Words): Face {
  const first = view.question?.turn[0];
  if (first === undefined) return face("sent", "house", words.held, words.heldNote, words.charSent);
  const late = view.me?.behind ?? 0;
  const note = view.question?.close ? words.closeEqual : late > 0 ? fill(words.lostBehind, ms(late)) : words.lostNote;
  return face("lost", "act", fill(words.lost, first), note, first, { small: fill(words.answering, nameOf(view, first)) });
}

function others(view: StageView, words: Words): Face {
  const first = view.question?.turn[0] ?? "";
  const name = nameOf(view, first);
  return face("lost", "act", fill(words.answering, name), "", first, { small: name });
}
