/**
 * The judge's tablet and the timekeeper's clock. Three places, each a page that works without this:
 *
 * `<form data-lt-judge data-lt-of="ACCOUNT-SEAT" data-lt-event data-lt-slot data-lt-draft="URL" data-lt-open="yes">`: a sheet;
 * `data-lt-done="yes"`: it was submitted, and what this device kept of it is forgotten.
 *
 * `<main data-lt-judge-queue data-lt-of data-lt-event data-lt-csrf data-lt-done="12 13">`: the order; sends what is left.
 *
 * `<section data-lt-timer="SECONDS" data-lt-now …>`: the clock.
 */

import { pageLanguage } from "../../lib/lane";
import { tick } from "./clock";
import { keyOf, openJournal, tidy, type Journal } from "./journal";
import { Door, Outbox } from "./outbox";
import { Sheet } from "./sheet";
import { wordsOf } from "./words";

async function queue(root: HTMLElement, journal: Journal): Promise<void> {
  const [judge, event] = [root.dataset["ltOf"] ?? "", Number(root.dataset["ltEvent"])];
  for (const slot of (root.dataset["ltDone"] ?? "").split(" ").filter(Boolean)) {
    await journal.change(keyOf(judge, event, Number(slot)), (kept) => (kept?.submitted ? null : kept));
  }
  const outbox = new Outbox({ journal, judge, event, door: new Door(root.dataset["ltCsrf"] ?? ""), changed: () => undefined });
  window.addEventListener("online", () => void outbox.nudge());
  await outbox.nudge();
}

async function sheet(form: HTMLFormElement, journal: Journal): Promise<void> {
  const { ltOf = "", ltEvent, ltSlot, ltOpen, ltDone } = form.dataset;
  if (ltDone && !ltOpen) await journal.change(keyOf(ltOf, Number(ltEvent), Number(ltSlot)), () => null);
  if (!ltOpen) return;
  const csrf = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  await new Sheet(form, { journal, door: new Door(csrf), words: wordsOf(pageLanguage()) }).start();
}

async function start(): Promise<void> {
  for (const box of document.querySelectorAll<HTMLElement>("[data-lt-timer]")) tick(box, wordsOf(pageLanguage()));
  const form = document.querySelector<HTMLFormElement>("form[data-lt-judge]");
  const order = document.querySelector<HTMLElement>("[data-lt-judge-queue]");
  if (!form && !order) return;
  const journal = await openJournal();
  await tidy(journal, Date.now()).catch(() => undefined);
  if (form) await sheet(form, journal);
  if (order) await queue(order, journal);
}

void start();
