/**
 * Practice in the browser. Two mounts:
 *
 * `<div data-practice data-worker="…">` with `player_data` as `<script type="application/json">` inside: the player. What
 * stands in a child with `data-practice-boot` is taken away when it begins.
 *
 * `<div data-practice-sync data-lane="…" data-learner="7" data-worker="…" data-keep="/practice/x/study/daily/">`: on the
 * page «今天», sends what an earlier page left on this phone, and has the worker keep this page and those for a day
 * without network.
 */

import "../../../styles/player.css";
import { h, replace } from "../../lib/dom";
import { pageLanguage } from "../../lib/lane";
import { Desk } from "./desk";
import { openJournal, tidy, type Journal } from "./journal";
import { readGiven } from "./model";
import { Outbox, Wire } from "./outbox";
import { older } from "./shelf";
import { wordsOf } from "./text";

function startWorker(address: string, pages: readonly string[]): void {
  if (!("serviceWorker" in navigator) || !address) return;
  navigator.serviceWorker
    .register(address)
    .then(() => navigator.serviceWorker.ready)
    .then((ready) => ready.active?.postMessage({ keep: pages }))
    .catch(() => undefined); // without it the page still works, only not from nothing
}

function sync(root: HTMLElement, journal: Journal): void {
  const learner = Number(root.dataset["learner"] ?? 0);
  const words = wordsOf(pageLanguage());
  const box = h("div", { role: "status" });
  const wire = new Wire(root.dataset["lane"] ?? "", pageLanguage());
  const show = async (): Promise<void> => {
    const kept = (await journal.all()).filter((one) => one.learner === learner);
    replace(box, older([], kept, words));
  };
  const outbox = new Outbox({ wire, journal, learner, changed: () => void show() });
  root.append(box);
  window.addEventListener("online", () => void outbox.nudge());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void outbox.nudge();
  });
  void show().then(() => outbox.nudge());
}

async function start(): Promise<void> {
  const players = Array.from(document.querySelectorAll<HTMLElement>("[data-practice]"));
  const syncs = Array.from(document.querySelectorAll<HTMLElement>("[data-practice-sync]"));
  if (players.length + syncs.length === 0) return;
  const journal = await openJournal();
  await tidy(journal, Date.now()).catch(() => undefined);
  for (const root of players) {
    const given = readGiven(root, wordsOf(pageLanguage()).more);
    await new Desk(root, given, journal).start();
    startWorker(root.dataset["worker"] ?? "", [location.pathname, given.home]);
  }
  for (const root of syncs) {
    sync(root, journal);
    startWorker(root.dataset["worker"] ?? "", [location.pathname, ...(root.dataset["keep"] ?? "").split(" ").filter(Boolean)]);
  }
}

void start();
