/** The list of the day's sets with where each stands, and the page after a hand-in. */

import { glyph, h, type GlyphName } from "../../lib/dom";
import { dayClock } from "../../lib/clock";
import { fill } from "../../lib/lane";
import type { Kept } from "./journal";
import { isAnswered, isRight, localDay, type GivenSet } from "./model";
import type { Words } from "./text";

export interface ShelfPorts {
  readonly words: Words;
  readonly home: string;
  /** where further sets are given, "" where there are none today */
  readonly again: string;
  readonly begin: (given: GivenSet) => void;
  /** true when it has shown something by itself and the link must not be followed */
  readonly stay: () => boolean;
}

/** «已送达» or «存于本机», always with shape and word, never with colour alone. */
export function fate(kept: Kept, words: Words): HTMLElement {
  const looks: Record<string, readonly [GlyphName, string, string]> = {
    waiting: ["half", "k-warn", words.local],
    sent: ["ok", "k-ok", kept.at ? fill(words.deliveredAt, dayClock(kept.at, false)) : words.delivered],
    refused: ["late", "k-bad", words.refused],
  };
  const [shape, tone, text] = looks[kept.state] ?? ["todo", "k-idle", ""];
  return h(`span.player-fate.${tone}` as "span", null, glyph(shape), text);
}

export function shelf(sets: readonly GivenSet[], kept: readonly Kept[], ports: ShelfPorts, now: number): HTMLElement {
  const { words } = ports;
  const rows = sets.map((one, i) => {
    const place = sets.length > 1 ? fill(words.group, i + 1) : "";
    return row(one, place, kept.find((each) => each.set === one.set), ports, now);
  });
  const list = rows.length > 0 ? h("ul.player-shelf", null, ...rows) : h("p.muted", null, words.empty);
  return h("div", null, list, older(sets, kept, words), further(sets, kept, ports));
}

/** Sets of other days and pages that the server does not have, and why. */
export function older(sets: readonly GivenSet[], kept: readonly Kept[], words: Words): HTMLElement | null {
  const given = new Set(sets.map((one) => one.set));
  const found = kept.filter((one) => !given.has(one.set) && (one.state === "waiting" || one.state === "refused"));
  if (found.length === 0) return null;
  const rows = found.map((one) => h("li", null, h("b", null, one.given.title), h("span", null, ofDay(one.given, words)), fate(one, words), note(one, words)));
  return h("div", null, h("h3", null, words.older), h("ul.player-shelf", null, ...rows));
}

/** The way on when nothing here is left to do. */
function further(sets: readonly GivenSet[], kept: readonly Kept[], ports: ShelfPorts): HTMLElement | null {
  const open = sets.some((one) => (kept.find((each) => each.set === one.set)?.state ?? "open") === "open");
  return open ? null : h("p.player-acts", null, ...ways(ports, null));
}

function ways(ports: ShelfPorts, next: GivenSet | null): HTMLElement[] {
  const { words } = ports;
  const links: HTMLElement[] = [];
  if (next) links.push(h("button.btn.btn-primary", { type: "button", onclick: (() => ports.begin(next)) as EventListener }, words.again));
  else if (ports.again) links.push(leading(ports, ports.again, words.again, "btn-primary"));
  links.push(leading(ports, ports.home, words.home, links.length > 0 ? "" : "btn-primary"));
  return links;
}

function leading(ports: ShelfPorts, href: string, text: string, look: string): HTMLElement {
  const link = h("a.btn", { href }, text);
  if (look) link.classList.add(look);
  link.addEventListener("click", (event) => {
    if (ports.stay()) event.preventDefault();
  });
  return link;
}

function row(given: GivenSet, place: string, kept: Kept | undefined, ports: ShelfPorts, now: number): HTMLElement {
  const { words } = ports;
  const answered = kept ? Object.values(kept.rows).filter((one) => isAnswered(one.a)).length : 0;
  const parts = [h("b", null, `${given.title}${place}`), h("span", null, fill(words.count, given.questions.length))];
  if (given.day !== localDay(now)) parts.push(h("span", null, ofDay(given, words)));
  if (kept && kept.state !== "open") {
    const see = kept.state === "sent" && given.ticket ? h("a.btn", { href: given.href }, words.see) : null;
    return h("li", null, ...parts, fate(kept, words), see, note(kept, words));
  }
  if (answered > 0) parts.push(h("span", null, fill(words.answered, answered)));
  const begin = h("button.btn.btn-primary", { type: "button", onclick: (() => ports.begin(given)) as EventListener }, answered > 0 ? words.resume : words.begin);
  return h("li", null, ...parts, begin);
}

/** What the learner must know of a set that is not simply there. */
function note(kept: Kept, words: Words): HTMLElement | null {
  if (kept.state === "waiting") return h("p.muted", null, fill(words.localHint, shortDay(localDay(kept.given.expires - 1))));
  if (kept.state === "refused") return h("p.k-bad", null, kept.reason);
  return kept.differs ? h("p.k-warn", null, words.differs) : null;
}

export function done(kept: Kept, next: GivenSet | null, ports: ShelfPorts): HTMLElement {
  const { words } = ports;
  const { questions, ticket, href } = kept.given;
  const marks = questions.map((one) => isRight(one, kept.rows[one.n]?.a));
  const known = kept.given.answers === "at-once" && marks.every((one) => one !== null);
  const answered = questions.filter((one) => isAnswered(kept.rows[one.n]?.a)).length;
  const see = kept.state === "sent" && ticket ? h("a.btn", { href }, words.see) : null;
  return h(
    "section.player-done",
    { "aria-labelledby": "player-done" },
    h("h2", { id: "player-done", tabindex: "-1" }, words.doneTitle),
    h("p", null, known ? fill(words.doneRight, marks.filter(Boolean).length, marks.length) : fill(words.doneAnswered, answered, questions.length)),
    ticket ? h("p", { role: "status" }, fate(kept, words)) : h("p.muted", null, words.trial),
    note(kept, words),
    h("p.player-acts", null, ...ways(ports, next), see),
  );
}

function ofDay(given: GivenSet, words: Words): string {
  return fill(words.ofDay, shortDay(given.day));
}

function shortDay(day: string): string {
  const [, month, date] = day.split("-").map(Number);
  return `${month}月${date}日`;
}
