/**
 * Behaviours of every page, each bound by a data attribute, so that htmx's new content needs no second start:
 * theme switch, toggles, dialogs, confirmation, copy, countdowns and the server's clock. Pages work without it.
 */

import "../styles/site.css";
import "htmx.org";
import { copyText } from "./lib/copy";
import { clockText, dayClock, ServerClock } from "./lib/clock";
import { closeDialog, openDialog, watchDialogs } from "./lib/dialog";
import { say } from "./lib/dom";
import { fillFromFragment } from "./lib/fragment";
import { phraseHeadings } from "./lib/phrases";

const clock = new ServerClock(() => performance.now());
let lastSubmitter: HTMLElement | null = null;

function switchTheme(): void {
  const root = document.documentElement;
  const next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
  root.setAttribute("data-bs-theme", next);
  try {
    localStorage.setItem("leitai.theme", next);
  } catch {
    // the choice holds for this page
  }
}

function toggle(button: Element): void {
  const target = document.getElementById(button.getAttribute("data-lt-toggle") ?? "");
  if (!target) return;
  const shown = target.classList.toggle("shown");
  button.setAttribute("aria-expanded", String(shown));
  if (shown) target.querySelector<HTMLElement>("a, button")?.focus();
}

function shutToggles(except: Element | null): void {
  for (const button of document.querySelectorAll('[data-lt-toggle][aria-expanded="true"]')) {
    const target = document.getElementById(button.getAttribute("data-lt-toggle") ?? "");
    if (button === except || (except && target?.contains(except))) continue;
    target?.classList.remove("shown");
    button.setAttribute("aria-expanded", "false");
  }
}

/** Asks in the house's own dialog; resolves with the answer. */
function confirmed(question: string, title: string | null, act: string | null, danger: boolean): Promise<boolean> {
  const layer = document.getElementById("lt-confirm");
  const agree = layer?.querySelector<HTMLButtonElement>("[data-lt-agree]");
  const heading = document.getElementById("lt-confirm-title");
  const text = document.getElementById("lt-confirm-text");
  if (!layer || !agree || !heading || !text) return Promise.resolve(window.confirm(question));
  layer.dataset["title"] ??= heading.textContent;
  agree.dataset["act"] ??= agree.textContent;
  heading.textContent = title ?? layer.dataset["title"];
  agree.textContent = act ?? agree.dataset["act"];
  agree.classList.toggle("btn-danger", danger);
  agree.classList.toggle("btn-primary", !danger);
  text.textContent = question;
  return new Promise((resolve) => {
    let answer = false;
    agree.onclick = (): void => {
      answer = true;
      closeDialog(layer);
    };
    openDialog(layer, () => resolve(answer));
  });
}

function askFirst(element: Element, question: string): Promise<boolean> {
  return confirmed(
    question,
    element.getAttribute("data-lt-confirm-title"),
    element.getAttribute("data-lt-confirm-act"),
    element.hasAttribute("data-lt-danger"),
  );
}

function onClick(event: MouseEvent): void {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const button = target.closest<HTMLElement>('button, input[type="submit"]');
  if (button && (button.getAttribute("type") ?? "submit") === "submit") lastSubmitter = button;
  const acts = target.closest("[data-lt-theme-switch],[data-lt-toggle],[data-lt-open],[data-lt-copy],[data-lt-print]");
  shutToggles(acts ?? target);
  if (!acts) return;
  if (acts.hasAttribute("data-lt-theme-switch")) switchTheme();
  else if (acts.hasAttribute("data-lt-toggle")) toggle(acts);
  else if (acts.hasAttribute("data-lt-print")) window.print();
  else if (acts.hasAttribute("data-lt-copy")) void copy(acts);
  else {
    const layer = document.getElementById(acts.getAttribute("data-lt-open") ?? "");
    if (layer) openDialog(layer);
  }
}

async function copy(button: Element): Promise<void> {
  const source = document.getElementById(button.getAttribute("data-lt-copy-from") ?? "");
  const text = button.getAttribute("data-lt-copy") || (source?.textContent ?? "");
  if (!(await copyText(text.trim()))) return;
  const toasts = document.getElementById("toasts");
  const word = button.getAttribute("data-lt-copied") ?? (document.documentElement.lang.startsWith("en") ? "Copied" : "已复制");
  if (!toasts) return;
  const toast = document.createElement("div");
  toast.className = "toast k-ok";
  toast.textContent = word;
  toasts.append(toast);
  setTimeout(() => toast.remove(), 4000);
}

/** Safari before 15.4 does not tell which button submitted; htmx and servers want its name and value. */
function nameSubmitter(event: Event): void {
  if ("submitter" in event) return;
  const button = lastSubmitter;
  if (button && (button as HTMLButtonElement).form === event.target) Object.defineProperty(event, "submitter", { value: button });
}

function onSubmit(event: Event): void {
  nameSubmitter(event);
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const submitter = (event as SubmitEvent).submitter;
  const asker = submitter?.hasAttribute("data-lt-confirm") ? submitter : form;
  const question = asker.getAttribute("data-lt-confirm");
  if (!question || form.dataset["agreed"] === "1") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void askFirst(asker, question).then((yes) => {
    if (!yes) return;
    form.dataset["agreed"] = "1";
    if (submitter instanceof HTMLElement) submitter.click();
    else HTMLFormElement.prototype.submit.call(form);
    delete form.dataset["agreed"];
  });
}

function onHtmxConfirm(event: Event): void {
  const { detail } = event as CustomEvent<{ ctx: { confirm: string; sourceElement: Element }; issueRequest(): void; dropRequest(): void }>;
  event.preventDefault();
  void askFirst(detail.ctx.sourceElement, detail.ctx.confirm).then((yes) => (yes ? detail.issueRequest() : detail.dropRequest()));
}

/** Server-rendered pages carry the server's time: clocks on them do not trust the computer's. */
function learnTime(): void {
  const now = document.querySelector("[data-lt-server-now]")?.getAttribute("data-lt-server-now");
  if (now) clock.seed(Number(now));
}

function tick(): void {
  for (const element of document.querySelectorAll("[data-lt-countdown]")) {
    const until = Date.parse(element.getAttribute("datetime") ?? "");
    if (!Number.isNaN(until)) say(element, clockText(until - clock.now()));
  }
  for (const element of document.querySelectorAll("[data-lt-clock]")) say(element, dayClock(clock.now()));
}

/** Who signs out leaves no page of their own behind for the next person at this phone. */
function onLeave(event: Event): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !/\/logout\/$/.test(new URL(form.action).pathname) || !("caches" in window)) return;
  event.preventDefault();
  const go = (): void => HTMLFormElement.prototype.submit.call(form);
  void caches
    .keys()
    .then((names) => Promise.all(names.filter((one) => one.startsWith("practice-")).map((one) => caches.delete(one))))
    .then(go, go);
}

learnTime();
watchDialogs();
fillFromFragment();
phraseHeadings(document);
document.addEventListener("click", onClick);
document.addEventListener("submit", onSubmit, true);
document.addEventListener("submit", onLeave);
document.addEventListener("htmx:confirm", onHtmxConfirm);
document.addEventListener("htmx:load", (event) => phraseHeadings(event.target instanceof Element ? event.target : document));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") shutToggles(null);
});
if (document.querySelector("[data-lt-countdown],[data-lt-clock]")) {
  tick();
}
setInterval(tick, 1000);
