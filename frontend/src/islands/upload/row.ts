/** One file in the list: its name, where it is, and what can be done with it. */

import { h, say } from "../../lib/dom";
import { t } from "./text";
import { percent, phaseText, type Shown } from "./words";

export interface Acts {
  pause(): void;
  go(): void;
  remove(): void;
}

export class Row {
  readonly element: HTMLLIElement;
  private readonly words = h("span.lt-upload-words.num");
  private readonly bar: HTMLProgressElement;
  private readonly pause = h("button.btn.btn-sm", { type: "button" });
  private readonly token: HTMLInputElement;

  constructor(
    readonly name: string,
    field: string,
    private readonly live: HTMLElement,
    acts: Acts,
  ) {
    this.bar = h("progress.lt-upload-bar", { max: 100, value: 0, "aria-label": t("progressOf", name) });
    this.token = h("input", { type: "hidden", name: field, disabled: true });
    this.pause.addEventListener("click", () => (this.pause.dataset["act"] === "pause" ? acts.pause() : acts.go()));
    const remove = h("button.btn.btn-sm.btn-ghost", { type: "button", onclick: () => acts.remove() }, t("remove"));
    remove.setAttribute("aria-label", t("nameOf", t("remove"), name));
    const head = h("div.lt-upload-head", null, h("b.lt-upload-name", null, name), h("span.lt-push", null, this.pause, remove));
    this.element = h("li.lt-upload-row", null, head, this.bar, this.words, this.token);
  }

  show(shown: Shown): void {
    const before = this.element.dataset["phase"];
    this.element.dataset["phase"] = shown.phase;
    this.bar.value = shown.phase === "checking" ? shown.checked : percent(shown.sent, shown.size);
    this.bar.hidden = ["ready", "refused", "waiting"].includes(shown.phase);
    say(this.words, phaseText(shown));
    const act = shown.phase === "sending" ? "pause" : "go";
    this.pause.hidden = !["sending", "paused", "offline", "failed"].includes(shown.phase);
    this.pause.dataset["act"] = act;
    say(this.pause, t(act));
    this.pause.setAttribute("aria-label", t("nameOf", t(act), this.name));
    if (before !== shown.phase) say(this.live, t("nameOf", this.name, phaseText(shown))); // not at every percent
  }

  /** From now on the form carries it. */
  carry(token: string): void {
    this.token.value = token;
    this.token.disabled = false;
  }
}
