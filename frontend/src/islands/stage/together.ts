/** Several seats at one computer: `<div id="stage-seats">` with a `<section data-seat data-ticket>` each. */

import { h, replace, say } from "../../lib/dom";
import { awayBar } from "./away";
import { fill, pageLanguage } from "../../lib/lane";
import { Buzzer } from "./buzzer";
import { Held, keyName, Keys } from "./keyboard";
import { connect, keepAwake } from "./mount";
import { wordsOf, type Words } from "./words";

class Together {
  private readonly buzzers = new Map<string, Buzzer>();
  private readonly labels = new Map<string, HTMLButtonElement>();
  private readonly held = new Held();
  private readonly keys: Keys;
  private readonly store: string;
  /** The seat whose key is being chosen. */
  private choosing = "";

  constructor(
    root: HTMLElement,
    private readonly words: Words,
  ) {
    const url = root.dataset["url"] ?? "";
    const places = Array.from(root.querySelectorAll<HTMLElement>("section[data-seat]"));
    const seats = places.map((place) => place.dataset["seat"] ?? "");
    this.store = `leitai.keys.${root.dataset["match"] ?? ""}`;
    this.keys = new Keys(seats, read(this.store));
    const columns = Math.ceil(places.length / 2); // two rows from five on: six stand three beside three
    const shape = places.length > 4 ? `div.seats.many.of-${columns}` : "div.seats";
    replace(root, awayBar(words), h(shape as "div", null, ...places.map((place) => this.tile(place, url))));
    this.label();
  }

  start(): void {
    document.addEventListener("keydown", (event) => this.down(event));
    document.addEventListener("keyup", (event) => this.held.lift(keyName(event)));
    addEventListener("blur", () => this.held.forget());
  }

  private tile(place: HTMLElement, url: string): HTMLElement {
    const seat = place.dataset["seat"] ?? "";
    // the others play on: only this seat's tile says that it is gone, until the page is loaded again
    const buzzer = new Buzzer(this.words, () => tile.classList.add("gone"));
    const label = h("button.btn.buz-key", { type: "button" });
    label.addEventListener("click", () => this.choose(seat));
    const tile = h("div.seats-one", { role: "group", "aria-label": fill(this.words.seatNo, seat) }, buzzer.box, label);
    this.buzzers.set(seat, buzzer);
    this.labels.set(seat, label);
    connect({ url, path: "/v1/stage", ticket: place.dataset["ticket"] ?? "", language: pageLanguage() }, buzzer);
    return tile;
  }

  private down(event: KeyboardEvent): void {
    if (typed(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (this.choosing && event.key === "Escape") {
      this.choose("");
      return;
    }
    const key = keyName(event);
    const fresh = this.held.press(key, event.repeat);
    const buzzer = this.choosing ? null : this.buzzers.get(this.keys.whose(key));
    if (!key || (!this.choosing && !buzzer)) return;
    event.preventDefault();
    if (!fresh) return;
    if (buzzer) buzzer.hit(event);
    else this.chosen(key);
  }

  private choose(seat: string): void {
    this.choosing = this.choosing === seat ? "" : seat;
    this.label();
  }

  private chosen(key: string): void {
    this.keys.give(this.choosing, key);
    this.labels.get(this.choosing)?.blur(); // a button that has the focus would be clicked by a space bar
    this.choosing = "";
    write(this.store, this.keys.plain());
    this.label();
  }

  private label(): void {
    for (const [seat, label] of this.labels) {
      const choosing = this.choosing === seat;
      say(label, choosing ? this.words.keyChoose : fill(this.words.keyIs, this.keys.of(seat)));
      label.setAttribute("aria-label", `${fill(this.words.seatNo, seat)} ${label.textContent} ${choosing ? "" : this.words.keyChange}`.trim());
      label.setAttribute("aria-pressed", String(choosing));
      label.title = this.words.keyChange;
    }
  }
}

/** Whether the key was meant for a field of the page. */
function typed(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function read(store: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(store) ?? "{}") as Record<string, string>;
  } catch {
    return {}; // a browser without a store: the usual keys
  }
}

function write(store: string, keys: Readonly<Record<string, string>>): void {
  try {
    localStorage.setItem(store, JSON.stringify(keys));
  } catch {
    // a browser without a store: the keys hold until the page is loaded again
  }
}

export function mountTogether(): void {
  const root = document.getElementById("stage-seats");
  if (!root) return;
  new Together(root, wordsOf(pageLanguage())).start();
  keepAwake();
}
