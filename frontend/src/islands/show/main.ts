/**
 * A contestant's file on the stage's screen, turned by keyboard or clicker; without this its links do the same.
 *
 * `<main data-lt-show>` holds a picture, a video or a page: `<img data-lt-pages="ADDRESS ADDRESS …" data-lt-page>`. The foot's
 * links `data-lt-before` and `data-lt-after` lead to the contestant's other files.
 */

import { pageAfter, stepOf, type Step } from "./steps";

const PARTS = ["main[data-lt-show]", ".show-foot"] as const;

class Screen {
  private image: HTMLImageElement | null = null;
  private video: HTMLVideoElement | null = null;
  private pages: readonly string[] = [];
  private readonly ahead = new Image();
  private page = 1;

  constructor() {
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("fullscreenchange", () => document.body.classList.toggle("full", document.fullscreenElement !== null));
    this.read();
  }

  /** What stands on the page now: the file that it came with, or one that took its place. */
  private read(): void {
    this.image = document.querySelector<HTMLImageElement>("main img[data-lt-pages]");
    this.video = document.querySelector("main video");
    this.pages = (this.image?.dataset["ltPages"] ?? "").split(" ").filter(Boolean);
    this.page = Number(this.image?.dataset["ltPage"] ?? 1);
    for (const [rel, step] of [["prev", "back"], ["next", "next"]] as const) {
      document.querySelector(`a[rel=${rel}]`)?.addEventListener("click", (event) => {
        event.preventDefault();
        this.go(step);
      });
    }
    const button = document.querySelector<HTMLElement>("[data-lt-full]");
    button?.addEventListener("click", () => this.fill());
    if (button) button.hidden = !document.fullscreenEnabled;
    this.fetchNext();
  }

  /** The contestant's file before or after. A page that is left ends the full screen; so there it stays, and its parts change. */
  private follow(place: "before" | "after"): void {
    const link = document.querySelector<HTMLAnchorElement>(`a[data-lt-${place}]`);
    if (!link) return;
    if (!document.fullscreenElement) link.click();
    else void this.take(link.href).then((taken) => taken || location.assign(link.href));
  }

  private async take(address: string): Promise<boolean> {
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const pairs = PARTS.map((one) => [document.querySelector(one), page.querySelector(one)] as const);
    if (page.querySelector("meta[http-equiv=refresh]") || pairs.some(([here, there]) => !here || !there)) return false;
    for (const [here, there] of pairs) here?.replaceChildren(...Array.from(there?.childNodes ?? []));
    document.title = page.title;
    history.replaceState(null, "", address);
    this.read();
    return true;
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target;
    const link = target instanceof Element && target.closest("a,button,video") !== null;
    if (link && (event.key === "Enter" || event.key === " ")) return; // what has the focus is meant
    const step = stepOf(event.key, this.video !== null);
    if (!step) return;
    event.preventDefault();
    this.go(step);
  }

  private go(step: Step): void {
    if (step === "dark") document.body.classList.toggle("dark");
    else if (step === "full") this.fill();
    else if (step === "play") this.play();
    else this.turn(step);
  }

  private turn(step: Step): void {
    document.body.classList.remove("dark");
    const to = pageAfter(step, this.page, this.pages.length);
    if (to === "before" || to === "after") this.follow(to);
    else if (to !== null) this.show(to);
  }

  private show(page: number): void {
    const address = this.pages[page - 1];
    if (!this.image || address === undefined) return;
    this.page = page;
    this.image.src = address;
    history.replaceState(null, "", `?page=${page}`);
    const at = document.querySelector("[data-lt-at]");
    if (at) at.textContent = String(page);
    for (const [rel, end] of [["prev", 1], ["next", this.pages.length]] as const) {
      const link = document.querySelector<HTMLElement>(`a[rel=${rel}]`);
      if (link) link.hidden = page === end;
    }
    this.fetchNext();
  }

  /** The next page is there before it is asked for. */
  private fetchNext(): void {
    const address = this.pages[this.page];
    if (address !== undefined) this.ahead.src = address;
  }

  private play(): void {
    if (this.video?.paused) void this.video.play();
    else this.video?.pause();
  }

  private fill(): void {
    if (document.fullscreenElement) void (document as { exitFullscreen?: () => Promise<void> }).exitFullscreen?.();
    else void (document.documentElement as { requestFullscreen?: () => Promise<void> }).requestFullscreen?.();
  }
}

if (document.querySelector("[data-lt-show]")) new Screen();
