/** Handing in: what is answered, open, marked; nothing goes before the last answer has arrived. */

import { closeDialog, openDialog } from "../../lib/dialog";
import { h, replace } from "../../lib/dom";
import { ranges, tally, unanswered } from "./palette";
import type { Room } from "./room";
import { fill, type Words } from "./text";
import { LaneError } from "./wire";

export class HandInView {
  readonly element: HTMLElement;
  private readonly rows = h("dl.handin-rows");
  private readonly note = h("p.handin-note", { role: "status" });
  private readonly act: HTMLButtonElement;
  private busy = false;

  constructor(
    private readonly room: Room,
    private readonly words: Words,
    private readonly go: (n: number) => void,
  ) {
    this.act = h("button.btn.btn-house.btn-lg", { type: "button", onclick: (() => void this.confirm()) as EventListener }, words.confirmAct);
    const box = h(
      "div.box",
      { role: "dialog", "aria-modal": "true", "aria-labelledby": "handin-title", tabindex: "-1" },
      h("h2", { id: "handin-title" }, words.confirmTitle),
      h("p.muted", null, words.confirmText),
      this.rows,
      this.note,
      h("div.acts-row", null, h("button.btn.btn-lg", { type: "button", "data-lt-close": true, "data-lt-first": true }, words.back), this.act),
    );
    this.element = h("div.lt-dialog", { hidden: true }, box);
  }

  open(): void {
    this.note.textContent = "";
    openDialog(this.element);
    this.update();
    void this.send();
  }

  shut(): void {
    closeDialog(this.element);
  }

  update(): void {
    if (this.element.hidden) return;
    const source = this.room.palette();
    if (!source) return;
    const { words } = this;
    const count = tally(source);
    const open = unanswered(source);
    const flagged = source.paper.items.map((one) => one.n).filter((n) => source.flags.has(n));
    const unsent = this.room.outbox?.unsent ?? [];
    replace(
      this.rows,
      this.row(words.answered, `${count.answered} / ${count.total}`, []),
      this.row(words.unanswered, open.length, open, open.length > 0 ? "warn" : ""),
      this.row(words.flagged, flagged.length, flagged),
      unsent.length > 0 ? this.row(words.unsentRow, unsent.length, [...unsent].sort((a, b) => a - b), "warn") : null,
    );
    this.act.disabled = unsent.length > 0 || this.busy;
  }

  private row(name: string, value: string | number, numbers: readonly number[], css = ""): HTMLElement {
    const first = numbers[0];
    const link =
      first === undefined
        ? null
        : h(
            "button.linklike",
            {
              type: "button",
              onclick: (() => {
                this.shut();
                this.go(first);
              }) as EventListener,
            },
            fill(this.words.which, ranges(numbers, this.words.listComma)),
          );
    return h("div", { class: css }, h("dt", null, name), h("dd", null, h("b.num", null, value), link));
  }

  /** Sends what is left as soon as the dialog opens; the button waits for it and says why. */
  private async send(): Promise<void> {
    const unsent = this.room.outbox?.unsent.length ?? 0;
    if (unsent === 0) return;
    this.note.textContent = fill(this.words.sending, unsent);
    const all = await this.room.flush();
    this.note.textContent = all ? "" : fill(this.words.sendFailed, this.room.outbox?.unsent.length ?? 0);
    this.update();
  }

  private async confirm(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.act.setAttribute("aria-busy", "true");
    this.note.textContent = this.words.handingIn;
    try {
      if (await this.room.flush()) {
        await this.room.handIn();
        this.shut();
      } else this.note.textContent = fill(this.words.sendFailed, this.room.outbox?.unsent.length ?? 0);
    } catch (error) {
      this.note.textContent = error instanceof LaneError && error.text ? error.text : this.words.noLane;
    } finally {
      this.busy = false;
      this.act.removeAttribute("aria-busy");
      this.update();
    }
  }
}
