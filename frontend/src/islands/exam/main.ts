/** The exam room's island: mounts on `<div id="exam" data-lane="…" data-code="…" data-worker="…" data-home="…">`. */

import "../../../styles/exam.css";
import { backOf } from "../../lib/back";
import { ServerClock } from "../../lib/clock";
import { openJournal } from "./journal";
import { Room } from "./room";
import { lastSitting } from "./tab";
import { pageLanguage, wordsOf } from "./text";
import { View } from "./view";
import { normaliseCode } from "./view_enter";
import { Wire } from "./wire";

/** The code stands behind the # of a QR's address: no server ever reads it there. */
function takeCode(given: string): string {
  const code = /(?:^#|[#&]code=)([0-9A-Za-z-]{16,24})/.exec(location.hash)?.[1] ?? given;
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return normaliseCode(code);
}

function startWorker(address: string): void {
  if (!("serviceWorker" in navigator) || !address) return;
  navigator.serviceWorker
    .register(address)
    .then(() => navigator.serviceWorker.ready)
    .then((ready) => ready.active?.postMessage({ keep: location.pathname }))
    .catch(() => undefined); // without it the page still works, only not from nothing
}

async function start(root: HTMLElement): Promise<void> {
  const language = pageLanguage();
  const clock = new ServerClock(() => performance.now());
  const wire = new Wire(root.dataset["lane"] ?? "", clock, language);
  const code = takeCode(root.dataset["code"] ?? "");
  const journal = await openJournal();
  const kept = await journal.latest().catch(() => null);
  let queued = false;
  const show = (): void => {
    if (queued) return;
    queued = true;
    setTimeout(() => {
      queued = false;
      view.render();
    }, 0);
  };
  const room = new Room(wire, journal, clock, show);
  const view: View = new View(root, room, wordsOf(language), backOf(location.search, root.dataset["home"] ?? "/"), { kept, code });
  setInterval(() => {
    room.tick();
    view.tick();
  }, 500);
  startWorker(root.dataset["worker"] ?? "");
  const same = kept !== null && (code === "" || code === kept.code);
  // what ended is shown again only in the tab that ended it: the next contestant sits at this computer
  if (kept && same && (kept.code || lastSitting() === kept.sitting)) await room.reopen(kept);
  else if (code.length === 16) await room.enter(code).catch(() => undefined);
  view.render();
}

const root = document.getElementById("exam");
if (root) void start(root);
