/** The page's own form as boxes: read and filled, with buttons of the grain put to each figure. */

import { glyph, h, replace } from "../../lib/dom";
import { fill } from "../../lib/lane";
import type { Written } from "./journal";
import { levelOf, problemOf, stepped, unfinished, type Box } from "./rubric";
import type { Words } from "./words";

const TYPED = "input[data-lt-grain]";
const CHOSEN = "fieldset.picks input";

export class Boxes {
  readonly all: readonly Box[];

  constructor(
    private readonly form: HTMLFormElement,
    private readonly words: Words,
  ) {
    this.all = Array.from(form.querySelectorAll<HTMLElement>(".val")).map(boxOf);
    for (const box of this.all) if (!box.choices) this.addSteps(box);
  }

  read(): Written {
    const marks: Record<string, string> = {};
    for (const input of this.inputs()) if (!isPick(input) || input.checked) marks[input.name] = input.value;
    return { marks, remark: this.remark?.value ?? "" };
  }

  /** As the server wrote the page, whatever has been put down since. */
  given(): Written {
    const marks: Record<string, string> = {};
    for (const input of this.inputs()) {
      if (!isPick(input)) marks[input.name] = input.defaultValue;
      else if (input.defaultChecked) marks[input.name] = input.value;
    }
    return { marks, remark: this.remark?.defaultValue ?? "" };
  }

  /** What has been put down since the page came: more than the server wrote into it. */
  touched(): Written | null {
    const inputs = this.inputs();
    const changed = new Set(inputs.filter((one) => (isPick(one) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue)).map((one) => one.name));
    const remark = this.remark && this.remark.value !== this.remark.defaultValue ? this.remark.value : "";
    if (changed.size === 0 && remark === "") return null;
    const marks = Object.entries(this.read().marks).filter(([name]) => changed.has(name));
    return { marks: Object.fromEntries(marks), remark };
  }

  write({ marks, remark }: Written): void {
    for (const input of this.inputs()) {
      if (isPick(input)) input.checked = marks[input.name] === input.value;
      else input.value = marks[input.name] ?? "";
    }
    if (this.remark) this.remark.value = remark;
  }

  /** Says under a box what is wrong with it; nothing while somebody is in the middle of a figure. */
  check(name: string): void {
    const box = this.all.find((one) => one.name === name);
    const input = this.first(name);
    const val = input?.closest<HTMLElement>(".val");
    if (!box || !input || !val) return;
    const held = document.activeElement === input && unfinished(input.value);
    const wrong = box.choices || held ? "" : problemOf(box, input.value, this.words);
    val.classList.toggle("bad", wrong !== "");
    let line = val.querySelector<HTMLElement>(".invalid-feedback");
    if (wrong === "") {
      line?.remove();
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      return;
    }
    if (!line) val.append((line = h("p.invalid-feedback", { id: `p-${name}`, role: "alert" })));
    if (line.textContent !== wrong) replace(line, glyph("late"), h("span", null, wrong));
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", line.id);
  }

  /** Shows in each line which level its mark lies in. */
  place(): void {
    const { marks } = this.read();
    for (const list of this.form.querySelectorAll<HTMLElement>("[data-lt-levels]")) {
      const box = this.all.find((one) => one.name === list.dataset["ltLevels"]);
      const rows = Array.from(list.querySelectorAll<HTMLElement>("li"));
      const levels = rows.map((row) => ({ from: row.dataset["ltFrom"] ?? "", to: row.dataset["ltTo"] ?? "" }));
      const at = box ? levelOf(levels, box, marks[box.name] ?? "", this.words) : -1;
      rows.forEach((row, index) => {
        if (index === at) row.setAttribute("aria-current", "true");
        else row.removeAttribute("aria-current");
      });
    }
  }

  goTo(name: string): void {
    const input = this.first(name);
    input?.scrollIntoView({ block: "center" });
    input?.focus({ preventScroll: true });
  }

  /** Enter goes to the next figure: nobody submits a sheet by a key that was meant for a box. */
  onEnter(input: HTMLInputElement): void {
    const all = Array.from(this.form.querySelectorAll<HTMLInputElement>(TYPED));
    const next = all.includes(input) ? all[all.indexOf(input) + 1] : undefined;
    if (next) next.focus();
    else input.blur();
  }

  private get remark(): HTMLTextAreaElement | null {
    return this.form.querySelector<HTMLTextAreaElement>("textarea[name=remark]");
  }

  private inputs(): HTMLInputElement[] {
    return Array.from(this.form.querySelectorAll<HTMLInputElement>(`${TYPED}, ${CHOSEN}, input[name=veto]`));
  }

  private first(name: string): HTMLInputElement | undefined {
    return this.inputs().find((one) => one.name === name);
  }

  private addSteps(box: Box): void {
    const input = this.first(box.name);
    if (!input) return;
    const button = (way: 1 | -1): HTMLElement =>
      h("button.btn.stepper", { type: "button", "aria-label": fill(way > 0 ? this.words.more : this.words.less, box.title, box.grain) }, way > 0 ? "+" : "−");
    const [less, more] = [button(-1), button(1)];
    input.before(less); // beside it: a box that is moved loses the finger and the keyboard
    input.after(more);
    const press = (way: 1 | -1): void => {
      input.value = stepped(box, input.value, way);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    less.addEventListener("click", () => press(-1));
    more.addEventListener("click", () => press(1));
  }
}

function isPick(input: HTMLInputElement): boolean {
  return input.type === "radio" || input.type === "checkbox";
}

function boxOf(val: HTMLElement): Box {
  const inputs = Array.from(val.querySelectorAll("input"));
  const first = inputs[0]!;
  const picks = inputs.map((one) => [one.value, one.dataset["ltPoints"] ?? "0"] as const);
  return {
    name: first.name,
    title: val.querySelector("label.sr, legend")?.textContent ?? "",
    weight: val.dataset["ltWeight"] ?? "1",
    choices: first.type === "radio" ? Object.fromEntries(picks) : null,
    min: first.dataset["ltMin"] ?? "0",
    max: first.dataset["ltMax"] ?? "0",
    grain: first.dataset["ltGrain"] ?? "1",
    decimals: Number(first.dataset["ltDecimals"] ?? 0),
  };
}
