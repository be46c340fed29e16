/**
 * A form that loses nothing: what is typed stays on this device until the server has it. Forms name themselves by
 * `data-lt-keep`, the revision they show by `data-lt-keep-of`; they work without this script as well.
 */

import { Keeper, same, type Pair } from "./store";

const keeper = new Keeper(window.localStorage, () => Date.now());
const OWN = new Set(["csrfmiddlewaretoken", "revision", "back"]);

function valuesOf(form: HTMLFormElement): Pair[] {
  const found: Pair[] = [];
  for (const [name, value] of new FormData(form).entries()) {
    if (typeof value === "string" && !OWN.has(name)) found.push([name, value.replace(/\r\n/g, "\n")]);
  }
  return found;
}

function forms(): HTMLFormElement[] {
  return [...document.querySelectorAll<HTMLFormElement>("form[data-lt-keep]")];
}

function nameOf(form: HTMLFormElement): string {
  return form.dataset["ltKeep"] ?? "";
}

function show(form: HTMLFormElement, which: string, shown: boolean): void {
  const box = form.querySelector<HTMLElement>(`[data-lt-keep-${which}]`);
  if (box) box.hidden = !shown;
}

function keep(form: HTMLFormElement, sent: boolean): void {
  keeper.keep(nameOf(form), Number(form.dataset["ltKeepOf"]), valuesOf(form), sent);
}

function fill(form: HTMLFormElement, values: readonly Pair[]): void {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
      control.checked = values.some(([name, value]) => name === control.name && value === control.value);
    } else if (
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement ||
      (control instanceof HTMLInputElement && control.type !== "hidden" && control.type !== "file")
    ) {
      const found = values.find(([name]) => name === control.name);
      if (found) control.value = found[1];
    }
  }
  for (const more of form.querySelectorAll("details")) more.open = true;
}

/** Looks over a page that has come: what is settled is forgotten, what was not saved is offered. */
function look(): void {
  const mark = document.querySelector<HTMLElement>("[data-lt-keep-draft]");
  if (mark) {
    keeper.settle(mark.dataset["ltKeepDraft"] ?? "", Number(mark.dataset["ltKeepRevision"]), forms().map(nameOf));
  }
  for (const form of forms()) {
    const kept = keeper.find(nameOf(form));
    if (!kept) continue;
    if (same(kept.values, valuesOf(form))) {
      if (!document.querySelector("[data-lt-keep-conflict]")) keeper.drop(nameOf(form));
    } else show(form, "found", true);
  }
  const target = location.hash.startsWith("#box-") ? document.getElementById(location.hash.slice(1)) : null;
  const within = target?.closest("details");
  if (target && within && !within.open) {
    within.open = true;
    target.scrollIntoView();
  }
  target?.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
}

function formOf(event: Event): HTMLFormElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-lt-keep]") : null;
}

function lost(event: Event): void {
  const form = formOf(event) ?? forms()[0];
  if (!form) return;
  show(form, "lost", true);
  form.querySelector("[data-lt-keep-lost]")?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("input", (event) => {
  const form = formOf(event);
  if (form) keep(form, false);
});
document.addEventListener("submit", (event) => {
  const form = formOf(event);
  if (form) keep(form, true);
});
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-lt-keep-take],[data-lt-keep-drop]") : null;
  const form = button ? formOf(event) : null;
  if (!button || !form) return;
  const kept = keeper.find(nameOf(form));
  if (button.hasAttribute("data-lt-keep-take") && kept) fill(form, kept.values);
  else keeper.drop(nameOf(form));
  show(form, "found", false);
});
document.addEventListener("htmx:error", lost);
document.addEventListener("htmx:response:error", (event) => {
  const { detail } = event as CustomEvent<{ ctx: { response?: { status: number } } }>;
  if ((detail.ctx.response?.status ?? 500) >= 500) lost(event);
});
document.addEventListener("htmx:after:swap", look);
look();
