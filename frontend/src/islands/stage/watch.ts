/** The spectators' page on a phone: `<div id="stage-watch">`. */

import "../../../styles/stage.css";
import { glyph, h, replace, say } from "../../lib/dom";
import { fill } from "../../lib/lane";
import type { StageView } from "../../lib/stage";
import { left } from "./drum";
import { nameOf } from "./face";
import type { Ear, Link, StageLine } from "./line";
import { mount, placeOf } from "./mount";
import { closeText, options, places, rightLetters, tagOf } from "./parts";
import { typeName, type Words } from "./words";

class Watch implements Ear {
  private line: StageLine | null = null;
  private readonly state = h("p.watch-link", { role: "status" });
  private readonly now_ = h("div.watch-now", { role: "status" });
  private readonly clock = h("b.watch-clock.num");
  private readonly ask = h("div.watch-ask");
  private readonly table = h("ol.watch-seats");

  constructor(
    root: HTMLElement,
    private readonly words: Words,
  ) {
    replace(root, h("section.watch", null, this.state, this.now_, this.ask, h("h2", null, words.standing), this.table));
    this.link("linking");
  }

  take(line: StageLine): void {
    this.line = line;
  }

  link(link: Link, text = ""): void {
    const words = { linking: this.words.linking, linked: this.words.watching, broken: this.words.broken, ended: text };
    replace(this.state, glyph(link === "linked" ? "live" : "half"), words[link]);
  }

  view(view: StageView): void {
    replace(this.now_, h("span", null, this.phase(view)), this.clock);
    this.question(view);
    replace(this.table, ...places(view).map(([place, seat]) =>
      h(
        `li${seat.state === "answers" ? ".now" : ""}` as "li",
        null,
        h("b.num.place", null, view.match.state === "ready" ? "" : place),
        h("span.n.num", null, seat.seat),
        h("span.nm", null, seat.name, h("small", null, tagOf(view, seat, this.words))),
        h("b.num.sc", null, seat.score),
      ),
    ));
    this.tick(this.line?.now() ?? view.now);
  }

  tick(now: number): void {
    const rest = left(this.line?.view?.clock ?? null, now);
    say(this.clock, rest ? String(rest.seconds) : "");
  }

  private phase(view: StageView): string {
    if (view.match.state === "closed") return this.words.closed;
    if (view.match.state === "paused") return this.words.paused;
    const first = view.question?.turn[0];
    const place = placeOf(view, this.words.place, this.words.placeOf);
    const close = closeText(view, this.words);
    const what = first !== undefined ? fill(this.words.answering, nameOf(view, first)) : view.question?.phase === "open" ? this.words.open : view.question?.outcome === "replaced" ? this.words.replaced : "";
    return [view.match.rehearsal ? this.words.rehearsal : "", view.segment?.title ?? (view.match.state === "ready" ? this.words.coverNote : this.words.waitNote), place, close, what].filter(Boolean).join(" · ");
  }

  private question(view: StageView): void {
    const text = view.question?.text;
    this.ask.hidden = !text || view.match.state === "closed"; // then the scores are what is asked for
    if (!view.question || !text) return;
    const key = view.question.key;
    const letters = key ? rightLetters(key.key) : [];
    replace(
      this.ask,
      h("p.muted", null, typeName(text.type, this.words)),
      h("p.watch-stem", null, text.stem),
      options(text, letters),
      key && letters.length === 0 ? h("p", null, `${this.words.answerIs}：${key.answer}`) : null,
    );
  }
}

mount("watch", (root, words) => new Watch(root, words));
