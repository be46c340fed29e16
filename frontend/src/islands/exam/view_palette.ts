/** The question palette: legend with counts, one cell a question; a sheet from below on narrow screens. */

import { h, replace, say } from "../../lib/dom";
import { groups, tally, type Cell, type PaletteSource } from "./palette";
import { fill, type Words } from "./text";

export class PaletteView {
  readonly element: HTMLElement;
  private readonly legend = h("dl.legend");
  private readonly cells = h("div.cells");
  private readonly byNumber = new Map<number, HTMLButtonElement>();
  private readonly counts = new Map<string, HTMLElement>();
  private opener: HTMLElement | null = null;

  constructor(
    private readonly words: Words,
    private readonly go: (n: number) => void,
  ) {
    const shut = h("button.btn.btn-ghost.btn-sm.shut", { type: "button", onclick: (() => this.shut()) as EventListener }, words.close);
    this.element = h(
      "aside",
      { id: "card", role: "region", "aria-label": words.palette },
      h("div.card-top", null, h("h2", null, words.palette), shut),
      this.legend,
      this.cells,
    );
    const kinds: [string, string, string][] = [
      ["sent", "sent", words.stateSent],
      ["local", "local", words.stateLocal],
      ["todo", "todo", words.stateTodo],
      ["flagged", "todo flagged", words.stateFlag],
      ["late", "late", words.stateLate],
    ];
    for (const [name, css, text] of kinds) {
      const count = h("b.num", null, "0");
      this.counts.set(name, count);
      this.legend.append(h("div", { "data-kind": name }, h("dt", { class: `cell ${css}` }), h("dd", null, `${text} `, count)));
    }
  }

  open(from: HTMLElement): void {
    this.opener = from;
    this.element.classList.add("shown");
    this.element.parentElement?.classList.add("sheet-open");
    this.element.querySelector<HTMLElement>('[aria-current="true"]')?.focus();
  }

  /** True when it was open. */
  shut(): boolean {
    const was = this.element.classList.contains("shown");
    this.element.classList.remove("shown");
    this.element.parentElement?.classList.remove("sheet-open");
    if (was) this.opener?.focus();
    return was;
  }

  update(source: PaletteSource): void {
    if (this.byNumber.size === 0) this.build(source);
    const count = tally(source);
    for (const [name, element] of this.counts) {
      const value = count[name as "sent" | "local" | "todo" | "flagged" | "late"];
      say(element, String(value));
      if (name === "late") element.closest("div")!.hidden = value === 0;
    }
    for (const group of groups(source)) for (const cell of group.cells) this.paint(cell, source);
  }

  private build(source: PaletteSource): void {
    replace(
      this.cells,
      ...groups(source).map(({ section, cells }) => {
        const first = cells[0]?.n ?? 0;
        const last = cells[cells.length - 1]?.n ?? 0;
        const title = section?.title || (section ? this.words[section.type] : this.words.palette);
        const items = cells.map((cell) => {
          const pick = (() => {
            this.shut();
            this.go(cell.n);
          }) as EventListener;
          const button = h("button.cell", { type: "button", onclick: pick }, cell.n);
          this.byNumber.set(cell.n, button);
          return h("li", null, button);
        });
        return h("section", null, h("h3", null, title, h("span.num", null, `${first}–${last}`)), h("ol", null, ...items));
      }),
    );
  }

  private paint(cell: Cell, source: PaletteSource): void {
    const button = this.byNumber.get(cell.n);
    if (!button) return;
    const css = `cell ${cell.state}${cell.flagged ? " flagged" : ""}`;
    if (button.className !== css) button.className = css;
    const label = this.label(cell, source);
    if (button.getAttribute("aria-label") !== label) button.setAttribute("aria-label", label);
    if (cell.current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }

  private label(cell: Cell, source: PaletteSource): string {
    const { words } = this;
    const states = { sent: words.stateSent, local: words.stateLocal, todo: words.stateTodo, late: words.stateLate };
    const parts = [fill(words.questionNo, cell.n)];
    if (cell.state !== "todo" && !source.isEmpty(cell.n)) parts.push(words.stateAnswered);
    parts.push(states[cell.state]);
    if (cell.flagged) parts.push(words.stateFlag);
    return parts.join(words.comma);
  }
}
