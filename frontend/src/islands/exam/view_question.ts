/** One question: number, kind, rule, stem, options or blanks, and the mark that says where its answer is. */

import { glyph, h, replace, say, type GlyphName } from "../../lib/dom";
import { toggleLetter } from "./answers";
import type { AnswerState } from "./outbox";
import { sectionOf, type Item, type Paper } from "./paper";
import { fill, type Words } from "./text";
import type { Answer } from "./wire";

export interface QuestionPorts {
  readonly answerOf: (n: number) => Answer;
  readonly stateOf: (n: number) => AnswerState;
  readonly answer: (n: number, a: Answer) => void;
  readonly locked: () => boolean;
}

export const SIZES = ["small", "medium", "large"] as const;
type Size = (typeof SIZES)[number];
const TYPING = 400;

export class QuestionView {
  readonly element = h("div.question");
  readonly heading = h("h1", { tabindex: "-1" });
  private readonly body = h("div");
  private readonly saved = h("p.saved", { role: "status" });
  private readonly sizes = h("div.btn-group");
  private readonly head: HTMLElement;
  private shown: Item | null = null;
  private inputs: HTMLInputElement[] = [];
  private typing: ReturnType<typeof setTimeout> | undefined;
  private savedKey = "";

  constructor(
    private readonly paper: Paper,
    private readonly words: Words,
    private readonly ports: QuestionPorts,
  ) {
    this.head = h("div.qhead");
    this.element.append(this.head, this.body, this.saved);
    for (const size of SIZES) {
      const pick = (() => this.resize(size)) as EventListener;
      this.sizes.append(h("button.btn.btn-sm", { type: "button", "data-size": size, onclick: pick }, words[size]));
    }
    this.resize((readSize() ?? "medium") as Size);
  }

  get item(): Item | null {
    return this.shown;
  }

  show(n: number): void {
    if (this.shown?.n !== n) {
      this.commitTyping();
      const item = this.paper.items.find((one) => one.n === n);
      if (!item) return;
      this.shown = item;
      this.build(item);
    }
    this.update();
  }

  /** A letter key, or a click by name. */
  choose(letter: string): void {
    const item = this.shown;
    if (!item || item.type === "blank" || this.ports.locked()) return;
    const input = this.inputs.find((one) => one.value === letter);
    if (!input) return;
    const now = String(this.ports.answerOf(item.n));
    this.ports.answer(item.n, item.type === "multiple" ? toggleLetter(now, letter) : letter);
  }

  /** What is typed but not yet taken, before leaving a question or handing in. */
  commitTyping(): void {
    if (this.typing === undefined) return;
    clearTimeout(this.typing);
    this.typing = undefined;
    this.takeBlanks();
  }

  private build(item: Item): void {
    const { words, paper } = this;
    const section = sectionOf(paper, item.n);
    replace(this.heading, h("span.num", null, item.n), h("small", null, `/ ${paper.items.length}`));
    this.heading.setAttribute("aria-label", `${fill(words.questionNo, item.n)}${words.comma}${words[item.type]}`);
    const rule = [section?.points ? fill(words.points, section.points) : "", section?.rule ?? ""].filter(Boolean).join(words.comma);
    replace(
      this.head,
      this.heading,
      h("span.kind", null, section?.title || words[item.type]),
      h("span.muted", null, rule),
      h("div.lt-push.lt-row.view", null, h("span.faint.small", null, words.fontSize), this.sizes),
    );
    const stem = h("div.stem", { id: "stem" }, ...item.stem.split(/\n+/).map((line) => h("p", null, line)));
    replace(this.body, stem, item.type === "blank" ? this.blanks(item) : this.options(item));
    this.savedKey = "";
    this.body.parentElement?.parentElement?.scrollTo(0, 0);
  }

  private options(item: Item): HTMLElement {
    const { words } = this;
    const kind = item.type === "multiple" ? "checkbox" : "radio";
    const choices: readonly (readonly [string, string])[] =
      item.type === "truefalse" && item.options.length === 0
        ? [
            ["T", words.right],
            ["F", words.wrong],
          ]
        : item.options;
    const legend = fill(item.type === "multiple" ? words.optionsMany : words.optionsOf, item.n);
    this.inputs = [];
    const labels = choices.map(([letter, text]) => {
      const input = h("input", {
        type: kind,
        name: `q${item.n}`,
        value: letter,
        onchange: (() => this.takeChoice(item)) as EventListener,
      });
      this.inputs.push(input);
      const key = item.type === "truefalse" ? (letter === "T" ? "✓" : "✕") : letter;
      return h("label.option", null, input, h("span.key", { "aria-hidden": "true" }, key), h("span.words", null, text));
    });
    return h("fieldset", { "aria-describedby": "stem" }, h("legend.sr", null, legend), ...labels);
  }

  private blanks(item: Item): HTMLElement {
    const { words } = this;
    this.inputs = [];
    const rows = Array.from({ length: Math.max(1, item.blanks) }, (_, i) => {
      const input = h("input.form-control", {
        id: `blank-${i}`,
        autocomplete: "off",
        spellcheck: "false",
        maxlength: 500,
        oninput: (() => this.whileTyping()) as EventListener,
        onchange: (() => this.commitTyping()) as EventListener,
        onblur: (() => this.commitTyping()) as EventListener,
      });
      this.inputs.push(input);
      return h("div.blank", null, h("label", { for: `blank-${i}` }, fill(words.blankLabel, i + 1)), input);
    });
    return h("fieldset", { "aria-describedby": "stem" }, h("legend.sr", null, fill(words.questionNo, item.n)), ...rows);
  }

  private takeChoice(item: Item): void {
    if (this.ports.locked()) return;
    this.ports.answer(
      item.n,
      this.inputs
        .filter((one) => one.checked)
        .map((one) => one.value)
        .sort()
        .join(""),
    );
  }

  private whileTyping(): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.commitTyping(), TYPING);
  }

  private takeBlanks(): void {
    if (this.shown && !this.ports.locked()) this.ports.answer(this.shown.n, this.inputs.map((one) => one.value));
  }

  private update(): void {
    const item = this.shown;
    if (!item) return;
    const answer = this.ports.answerOf(item.n);
    const locked = this.ports.locked();
    if (item.type === "blank") {
      const given = typeof answer === "string" ? [] : answer;
      this.inputs.forEach((input, i) => {
        if (this.typing === undefined && document.activeElement !== input) input.value = given[i] ?? "";
        input.readOnly = locked;
      });
    } else
      for (const input of this.inputs) {
        input.checked = String(answer).includes(input.value);
        input.disabled = locked;
        input.parentElement?.classList.toggle("on", input.checked);
      }
    this.mark(item, answer);
  }

  private mark(item: Item, answer: Answer): void {
    const { words } = this;
    const state = this.ports.stateOf(item.n);
    const said = chosenText(words, item, answer, state);
    const key = `${state} ${said}`;
    if (key === this.savedKey) return;
    this.savedKey = key;
    const look: Record<AnswerState, [GlyphName, string, string, string]> = {
      sent: ["ok", "k-ok", words.stateSent, ""],
      local: ["half", "k-warn", words.stateLocal, words.stateLocalTail],
      late: ["late", "k-bad", words.stateLate, ""],
      todo: ["todo", "k-idle", words.stateTodo, ""],
    };
    const [shape, tone, word, tail] = look[state];
    this.saved.className = `saved ${tone}`;
    replace(this.saved, glyph(shape), h("span", null, said, h("b", null, word), tail), this.keys(item));
  }

  private keys(item: Item): HTMLElement | null {
    const { words } = this;
    const letters = this.inputs.map((one) => one.value);
    const first = letters[0];
    const last = letters[letters.length - 1];
    const move = [h("kbd", null, "←"), h("kbd", null, "→"), ` ${words.keysMove}`];
    if (item.type === "blank" || !first || !last) return h("span.keys.faint", { "aria-hidden": "true" }, h("kbd", null, "Enter"), ` ${words.keysMove}`);
    return h(
      "span.keys.faint",
      { "aria-hidden": "true" },
      `${words.keysPress} `,
      ...this.range(item, first, last),
      words.comma,
      h("kbd", null, "M"),
      ` ${words.keysMark}${words.comma}`,
      ...move,
    );
  }

  /** A range of letters; of two signs each with its word. */
  private range(item: Item, first: string, last: string): (HTMLElement | string)[] {
    const { words } = this;
    const [from, to] = [h("kbd", null, first), h("kbd", null, last)];
    if (item.type !== "truefalse") return [from, "—", to, ` ${words.keysChoice}`];
    return [from, ` ${words.right}${words.listComma}`, to, ` ${words.wrong}`];
  }

  private resize(size: Size): void {
    this.element.setAttribute("data-size", size);
    for (const button of Array.from(this.sizes.children)) button.setAttribute("aria-pressed", String(button.getAttribute("data-size") === size));
    try {
      localStorage.setItem("leitai.exam.size", size);
    } catch {
      // holds for this page
    }
  }
}

function readSize(): string | null {
  try {
    const size = localStorage.getItem("leitai.exam.size");
    return SIZES.some((one) => one === size) ? size : null;
  } catch {
    return null;
  }
}

function chosenText(words: Words, item: Item, answer: Answer, state: AnswerState): string {
  if (item.type === "blank") {
    const any = typeof answer !== "string" && answer.some((one) => one !== "");
    return any ? words.filled : state === "todo" ? "" : words.cleared;
  }
  const letters = String(answer);
  if (letters === "") return state === "todo" ? "" : words.cleared;
  const names = item.type === "truefalse" ? (letters === "T" ? `「${words.right}」` : `「${words.wrong}」`) : letters.split("").join(words.listComma);
  return fill(words.chosen, names);
}

export function announce(live: HTMLElement, item: Item | null, words: Words): void {
  if (item) say(live, `${fill(words.questionNo, item.n)}${words.comma}${words[item.type]}`);
}
