/**
 * A lecture's player (`lectures/lecture.html`): goes on where one stopped, jumps to chapters and sentences, and tells
 * the server every fifteen seconds what really ran. Without this script the video plays, but nothing is counted.
 */

import "./lecture.css";
import { say } from "../../lib/dom";
import { clock, Played, resumeAt, written, type Range } from "./played";

const EVERY = 15_000;
const MOST = 200; // stretches in one report: the server takes no more
const WORDS = document.documentElement.lang.startsWith("en")
  ? {
      resumed: (at: string): string => `Resumed at ${at}.`,
      seen: (share: number): string => `${share}% watched.`,
      done: "Completed.",
      waiting: "No connection: what you watch is kept here and sent later.",
    }
  : {
      resumed: (at: string): string => `已从上次停下的${at}处继续。`,
      seen: (share: number): string => `已看${share}%。`,
      done: "已学完。",
      waiting: "网络不通，观看进度先存在本机，恢复后自动补记。",
    };

interface Reply {
  share: number;
  done: boolean;
}

class Player {
  private readonly played = new Played();
  private readonly note: HTMLElement | null;
  private sending = false;
  /** a stop or the end came while something was on its way: that is told next */
  private more = false;
  private begun = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly video: HTMLVideoElement,
  ) {
    this.note = box.querySelector("[data-lt-lecture-note]");
    this.resume();
    video.addEventListener("playing", () => this.start());
    video.addEventListener("timeupdate", () => {
      if (!video.paused && !video.seeking) this.played.tick(video.currentTime);
    });
    video.addEventListener("seeking", () => this.played.stop());
    video.addEventListener("seeked", () => {
      if (!video.paused) this.played.begin(video.currentTime);
    });
    video.addEventListener("waiting", () => this.played.stop());
    video.addEventListener("pause", () => {
      this.played.stop();
      void this.send();
    });
    video.addEventListener("ended", () => {
      this.played.finish(video.duration);
      void this.send();
    });
    setInterval(() => {
      if (!video.paused) void this.send();
    }, EVERY);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("online", () => void this.send());
    box.addEventListener("click", (event) => this.jump(event));
  }

  private resume(): void {
    const length = Number(this.box.dataset["length"]);
    const at = resumeAt(Number(this.box.dataset["position"]), length, this.box.dataset["done"] === "1");
    if (!at) return;
    const go = (): void => {
      this.video.currentTime = at;
      if (this.note) say(this.note, WORDS.resumed(clock(at)));
    };
    if (this.video.readyState > 0) go();
    else this.video.addEventListener("loadedmetadata", go, { once: true });
  }

  /** The first word to the server: from here on the clock runs. */
  private start(): void {
    this.played.begin(this.video.currentTime);
    if (this.begun) return;
    this.begun = true;
    void this.send();
  }

  private jump(event: Event): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-lt-lecture-at]") : null;
    if (!button) return;
    this.video.currentTime = Number(button.dataset["ltLectureAt"]);
    this.video.focus();
    void this.video.play().catch(() => undefined); // a browser that wants a tap on the player itself
  }

  private form(ranges: readonly Range[]): FormData {
    const form = new FormData();
    form.set("csrfmiddlewaretoken", this.box.dataset["csrf"] ?? "");
    form.set("position", String(Math.floor(this.video.currentTime)));
    form.set("ranges", written(ranges));
    return form;
  }

  private async send(): Promise<void> {
    this.more = this.sending;
    if (this.sending || !this.begun) return;
    this.sending = true;
    const ranges = this.played.take();
    const [now, later] = [ranges.slice(0, MOST), ranges.slice(MOST)];
    this.played.giveBack(later);
    try {
      const answer = await fetch(this.box.dataset["ltLecture"] ?? "", { method: "POST", body: this.form(now), keepalive: true });
      if (answer.ok) this.tell((await answer.json()) as Reply);
      else if (answer.status >= 500) this.played.giveBack(now);
    } catch {
      this.played.giveBack(now);
      if (this.note) say(this.note, WORDS.waiting);
    } finally {
      this.sending = false;
    }
    if (this.more) void this.send();
  }

  private leave(): void {
    this.played.stop();
    if (!this.begun) return;
    const ranges = this.played.take();
    const taken = navigator.sendBeacon(this.box.dataset["ltLecture"] ?? "", this.form(ranges.slice(0, MOST)));
    if (!taken) this.played.giveBack(ranges);
    if (!this.video.paused) this.played.begin(this.video.currentTime); // it goes on playing unseen
  }

  private tell(reply: Reply): void {
    if (this.note) say(this.note, reply.done ? WORDS.done : WORDS.seen(reply.share));
    const ready = this.box.querySelector<HTMLElement>("[data-lt-lecture-ready]");
    if (ready && reply.share >= Number(ready.dataset["ltLectureReady"])) ready.hidden = false;
  }
}

for (const box of document.querySelectorAll<HTMLElement>("[data-lt-lecture]")) {
  const video = box.querySelector("video");
  if (video) new Player(box, video);
}
