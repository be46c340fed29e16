/** The admission code, typed or handed over, and «go on where you stopped». */

import { h, replace, glyph, icon, mark } from "../../lib/dom";
import type { Kept } from "./journal";
import { fill, type Words } from "./text";
import { LaneError, NoAnswer } from "./wire";

/** Crockford's letters: what looks alike is the same. */
export function normaliseCode(text: string): string {
  return text
    .toUpperCase()
    .replace(/[\s\u3000–—_-]/g, "")
    .replace(/[OＯ]/g, "0")
    .replace(/[IL]/g, "1");
}

/** ABCD-EFGH-… for the eye. */
export function spaced(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join(" ");
}

export interface EnterPorts {
  readonly enter: (code: string) => Promise<void>;
  readonly reopen: (kept: Kept) => Promise<void>;
}

function resumeBox(words: Words, ports: EnterPorts, kept: Kept): HTMLElement {
  const act = (() => void ports.reopen(kept)) as EventListener;
  return h(
    "div.alert.k-act",
    null,
    icon("info"),
    h(
      "div",
      null,
      h("p.title", null, words.resume),
      h("p.muted", null, fill(words.resumeHint, kept.seat.exam.title)),
      h("button.btn.btn-sm", { type: "button", onclick: act }, words.resume),
    ),
  );
}

export function enterView(words: Words, ports: EnterPorts, kept: Kept | null, code: string, why = ""): HTMLElement {
  const field = h("input.form-control.code-field.num", {
    id: "code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    inputmode: "text",
    maxlength: 32,
    "aria-describedby": "code-hint code-error",
    value: spaced(code),
  });
  const problem = h("p.invalid-feedback", { id: "code-error", role: "alert", hidden: true });
  const act = h("button.btn.btn-primary.btn-lg.btn-block", { type: "submit" }, words.enter);

  const tell = (text: string): void => {
    replace(problem, glyph("late"), h("span", null, text));
    problem.hidden = text === "";
    field.classList.toggle("is-invalid", text !== "");
    if (text) field.focus();
  };
  const submit = async (): Promise<void> => {
    const clean = normaliseCode(field.value);
    if (clean.length !== 16) {
      tell(fill(words.codeShort, clean.length));
      return;
    }
    act.setAttribute("aria-busy", "true");
    act.textContent = words.entering;
    try {
      await ports.enter(clean);
    } catch (error) {
      if (error instanceof NoAnswer) tell(words.noLane);
      else if (error instanceof LaneError) tell(error.status === 429 ? words.tooMany : error.text || words.noLane);
      else throw error;
    } finally {
      act.removeAttribute("aria-busy");
      act.textContent = words.enter;
    }
  };
  field.addEventListener("input", () => {
    if (!problem.hidden) tell("");
    if (field.selectionStart === field.value.length) field.value = spaced(normaliseCode(field.value));
  });
  const form = h(
    "form.exam-enter",
    {
      novalidate: true,
      onsubmit: ((event: Event) => {
        event.preventDefault();
        void submit();
      }) as EventListener,
    },
    h("label.form-label", { for: "code" }, words.code),
    field,
    h("p.form-hint", { id: "code-hint" }, words.enterHint),
    problem,
    act,
  );
  if (why) tell(why);
  const resume = kept && !kept.receipt && kept.code ? resumeBox(words, ports, kept) : null;
  return h("div.exam-card.enter", null, mark(), h("h1", null, words.enterTitle), resume, form);
}
