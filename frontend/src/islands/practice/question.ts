/** One question: its stem, big options or blanks, and, where answers are given at once, what was right and why. */

import { glyph, h, put, replace } from "../../lib/dom";
import { fill } from "../../lib/lane";
import { blanksOf, isRight, type Answer, type Question } from "./model";
import type { Words } from "./text";

export class QuestionView {
  readonly element = h("div.player-question");
  readonly verdict = h("div.player-verdict", { role: "status" });
  private readonly inputs: HTMLInputElement[] = [];

  constructor(
    private readonly question: Question,
    private readonly words: Words,
    answer: Answer | undefined,
    private readonly changed: (a: Answer) => void,
  ) {
    const lines = question.stem.split(/\n+/).map((line) => h("p", null, line));
    const stem = h("div.stem", { id: "player-stem" }, ...lines);
    this.element.append(stem, question.type === "blank" ? this.blanks(answer) : this.options(answer));
  }

  /** No further change; the right answer, the explanation and the article stand below. */
  reveal(answer: Answer | undefined): void {
    const { question, words } = this;
    for (const input of this.inputs) {
      if (question.type === "blank") input.readOnly = true;
      else input.disabled = true;
    }
    const right = isRight(question, answer);
    if (right === null) return;
    if (question.type !== "blank") this.tint(answer);
    const key = right ? null : h("p", null, fill(words.keyIs, this.keyText()));
    const head = h(`p.player-mark.${right ? "k-ok" : "k-bad"}`, null, glyph(right ? "ok" : "warn"), h("b", null, right ? words.isRight : words.isWrong));
    replace(this.verdict, head, key, this.explanation(), this.basis(), this.links());
  }

  focusFirst(): void {
    (this.inputs.find((one) => one.checked) ?? this.inputs[0])?.focus();
  }

  private options(answer: Answer | undefined): HTMLElement {
    const { question, words } = this;
    const choices: readonly (readonly [string, string])[] =
      question.type === "judge" && question.options.length === 0
        ? [
            ["T", words.right],
            ["F", words.wrong],
          ]
        : question.options;
    const labels = choices.map(([letter, text]) => {
      const input = h("input", {
        type: question.type === "multiple" ? "checkbox" : "radio",
        name: "answer",
        value: letter,
        onchange: (() => this.choose()) as EventListener,
      });
      input.checked = typeof answer === "string" && answer.includes(letter);
      this.inputs.push(input);
      const mark = question.type === "judge" ? (letter === "T" ? "✓" : "✕") : letter;
      return h("label.option", null, input, h("span.key", { "aria-hidden": "true" }, mark), h("span.words", null, text));
    });
    const legend = { single: words.pickOne, multiple: words.pickMany, judge: words.pickRight, blank: "" }[question.type];
    const set = h("fieldset", { "aria-describedby": "player-stem" }, h("legend.sr", null, legend), ...labels);
    this.show();
    return set;
  }

  private blanks(answer: Answer | undefined): HTMLElement {
    const { question, words } = this;
    const given: readonly string[] = answer === undefined || typeof answer === "string" ? [] : answer;
    const rows = Array.from({ length: blanksOf(question) }, (_, i) => {
      const id = `player-blank-${i}`;
      const input = h("input.form-control", {
        id,
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        maxlength: 200,
        oninput: (() => this.changed(this.inputs.map((one) => one.value))) as EventListener,
      });
      input.value = given[i] ?? "";
      this.inputs.push(input);
      return h("div.blank", null, h("label", { for: id }, fill(words.blankNo, i + 1)), input);
    });
    return h("fieldset", { "aria-describedby": "player-stem" }, h("legend.sr", null, words.blank), ...rows);
  }

  private choose(): void {
    const chosen = this.inputs.filter((one) => one.checked).map((one) => one.value);
    this.show();
    this.changed(chosen.sort().join(""));
  }

  private show(): void {
    for (const input of this.inputs) input.parentElement?.classList.toggle("on", input.checked);
  }

  private tint(answer: Answer | undefined): void {
    const key = String(this.question.key);
    const chosen = String(answer ?? "");
    for (const input of this.inputs) {
      const label = input.parentElement;
      if (!label) continue;
      const wanted = key.includes(input.value);
      const taken = chosen.includes(input.value);
      label.classList.toggle("was-right", wanted);
      label.classList.toggle("was-wrong", taken && !wanted);
      if (wanted || taken) put(label, h("span.sr", null, wanted ? this.words.isRight : this.words.isWrong));
    }
  }

  private keyText(): string {
    const { question, words } = this;
    if (typeof question.key !== "string") {
      return (question.key ?? []).map((variants) => variants.join(words.or)).join(words.listComma);
    }
    if (question.type === "judge") return question.key === "T" ? words.right : words.wrong;
    return question.key.split("").join(words.listComma);
  }

  private links(): HTMLElement | null {
    const links = (this.question.links ?? []).map(([title, href]) => h("a", { href }, title));
    return links.length > 0 ? h("p.player-links", null, ...links) : null;
  }

  private explanation(): HTMLElement | null {
    const { explanation } = this.question;
    return explanation ? h("div.player-why", null, h("h3", null, this.words.explanation), h("p", null, explanation)) : null;
  }

  private basis(): HTMLElement | null {
    const { basis } = this.question;
    if (!basis) return null;
    const title = basis.version ? `${basis.law}${this.words.bracketOpen}${basis.version}${this.words.bracketClose}${basis.article}` : `${basis.law}${basis.article}`;
    return h("div.player-why", null, h("h3", null, this.words.basis), h("p", null, title), h("blockquote", null, basis.quote));
  }
}
