/** What is on the table: the player, the end of a set, or the list; and what the network has to do with it. */

import { h, replace } from "../../lib/dom";
import { pageLanguage } from "../../lib/lane";
import { fresh, type Journal, type Kept } from "./journal";
import type { Given, GivenSet } from "./model";
import { Outbox, Wire } from "./outbox";
import { Player } from "./player";
import { done, shelf, type ShelfPorts } from "./shelf";
import { wordsOf } from "./text";

export class Desk {
  private readonly stage = h("div.player-stage");
  private readonly net = h("p.player-net", { role: "status", hidden: true });
  private readonly words = wordsOf(pageLanguage());
  private readonly outbox: Outbox;
  private player: Player | null = null;
  /** the set whose end is shown */
  private ended: string | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly given: Given,
    private readonly journal: Journal,
  ) {
    const wire = new Wire(given.lane, pageLanguage());
    this.outbox = new Outbox({ wire, journal, learner: given.learner, changed: (kept) => void this.refresh(kept) });
    root.querySelector("[data-practice-boot]")?.remove();
    root.append(this.net, this.stage);
  }

  async start(): Promise<void> {
    window.addEventListener("online", () => void this.outbox.nudge().then(() => this.tellNet()));
    window.addEventListener("offline", () => this.tellNet());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.outbox.nudge();
    });
    for (const given of this.given.sets) await this.renew(given);
    const next = await this.next();
    if (next) await this.begin(next);
    else await this.list();
    this.tellNet();
    void this.outbox.nudge();
  }

  /** The page gives the same set again, perhaps with a newer ticket: that one is taken from now on. */
  private async renew(given: GivenSet): Promise<void> {
    const kept = given.set ? await this.journal.read(given.set) : null;
    if (!kept || kept.state === "sent") return;
    const again = kept.state === "refused" && kept.given.ticket !== given.ticket;
    await this.journal.keep({ ...kept, given, state: again ? "waiting" : kept.state });
  }

  private async keptOf(given: GivenSet): Promise<Kept> {
    return (given.set ? await this.journal.read(given.set) : null) ?? fresh(given);
  }

  /** The first set that was not handed in here. */
  private async next(but = ""): Promise<GivenSet | null> {
    for (const given of this.given.sets) {
      if (given.set !== but && (await this.keptOf(given)).state === "open") return given;
    }
    return null;
  }

  private get ports(): ShelfPorts {
    return {
      words: this.words,
      home: this.given.home,
      again: this.given.again,
      begin: (given) => void this.begin(given),
      stay: () => {
        if (navigator.onLine && !this.outbox.down) return false;
        void this.list(true);
        return true;
      },
    };
  }

  private async begin(given: GivenSet): Promise<void> {
    const kept = { ...(await this.keptOf(given)), given };
    this.ended = null;
    this.root.setAttribute("data-playing", "");
    this.player = new Player(kept, {
      words: this.words,
      journal: given.set ? this.journal : { keep: () => Promise.resolve() },
      leave: () => void this.list(true),
      handIn: (whole) => void this.handIn(whole),
    });
    replace(this.stage, this.player.element);
    this.player.start();
  }

  private async handIn(kept: Kept): Promise<void> {
    await this.player?.saved();
    this.player = null;
    const whole: Kept = { ...kept, state: kept.given.ticket ? "waiting" : "sent" };
    if (kept.set) await this.journal.keep(whole);
    this.ended = kept.set;
    await this.showDone(whole);
    await this.outbox.nudge();
    this.tellNet();
  }

  private async showDone(kept: Kept): Promise<void> {
    const next = await this.next(kept.set);
    this.root.removeAttribute("data-playing");
    const first = this.stage.querySelector("#player-done") === null;
    replace(this.stage, done(kept, next, this.ports));
    if (first) this.stage.querySelector<HTMLElement>("h2")?.focus();
  }

  private async list(focus = false): Promise<void> {
    this.player = null;
    this.ended = null;
    this.root.removeAttribute("data-playing");
    const kept = (await this.journal.all()).filter((one) => one.learner === this.given.learner);
    replace(this.stage, shelf(this.given.sets, kept, this.ports, Date.now()));
    if (focus) this.stage.querySelector<HTMLElement>("button, a")?.focus();
  }

  private async refresh(kept: Kept): Promise<void> {
    this.tellNet();
    if (this.player) return;
    if (this.ended === null) await this.list();
    else if (this.ended === kept.set) await this.showDone(kept);
  }

  private tellNet(): void {
    const { words } = this;
    const text = !this.journal.lasting ? words.notLasting : navigator.onLine ? "" : words.offline;
    if (this.net.textContent !== text) this.net.textContent = text;
    this.net.hidden = text === "";
  }
}
