/** One upload from the chosen file to the checked one. */

import type { Upload } from "tus-js-client";
import { forgetAddress } from "./memory";
import { Row } from "./row";
import { ask, makeUpload, remove, start, tokenOf, type Place } from "./wire";
import { Pace, type Phase, type Shown } from "./words";

const POLL = 1000;

export class Item {
  readonly row: Row;
  private shown: Shown;
  private upload: Upload | null = null;
  private address = "";
  private readonly pace = new Pace();
  private gone = false;

  constructor(
    readonly file: { readonly name: string; readonly size: number },
    private readonly place: Place,
    field: string,
    live: HTMLElement,
    private readonly onRemoved: (item: Item) => void,
  ) {
    this.shown = { phase: "waiting", sent: 0, size: file.size, checked: 0, left: null, sentence: "" };
    this.row = new Row(file.name, field, live, { pause: () => this.pause(), go: () => this.go(), remove: () => void this.remove() });
  }

  get phase(): Phase {
    return this.shown.phase;
  }

  /** Not done and not given up: the form must wait for it. */
  get busy(): boolean {
    return ["waiting", "sending", "paused", "offline", "checking", "failed"].includes(this.phase);
  }

  refuse(sentence: string): void {
    this.tell({ phase: "refused", sentence });
  }

  send(file: File): void {
    this.upload = makeUpload(file, this.place, {
      progress: (sent) => this.onProgress(sent),
      cut: () => this.onCut(),
      done: (address) => void this.follow(address),
      failed: (sentence, lasting) => this.onFailed(sentence, lasting),
    });
    this.tell({ phase: "sending" });
    void start(this.upload);
  }

  /** What an earlier visit left: ready, being checked, or waiting for the same file. */
  async recall(address: string): Promise<void> {
    this.address = address;
    this.row.element.hidden = true; // what was handed in already is not shown, nor told, once more
    const found = await ask(address).catch(() => null);
    if (!found || found.state === "attached") {
      if (found) await forgetAddress(address);
      this.onRemoved(this);
      return;
    }
    this.row.element.hidden = false;
    this.tell({ size: found.length, sent: found.offset });
    if (found.state === "receiving") this.tell({ phase: "unfinished" });
    else await this.follow(address);
  }

  /** The network is back. */
  wake(): void {
    if (this.phase === "offline") this.go();
  }

  pause(): void {
    void this.upload?.abort();
    this.pace.reset();
    this.tell({ phase: "paused" });
  }

  go(): void {
    const { upload } = this;
    if (!upload) return;
    this.tell({ phase: "sending", left: null });
    void upload.abort().then(() => upload.start()); // not beside a try that is already waiting
  }

  async remove(): Promise<void> {
    this.gone = true;
    const address = this.address || this.upload?.url || "";
    await this.upload?.abort().catch(() => undefined);
    if (address) {
      await remove(address).catch(() => undefined);
      await forgetAddress(address);
    }
    this.onRemoved(this);
  }

  private tell(more: Partial<Shown>): void {
    this.shown = { ...this.shown, ...more };
    this.row.show(this.shown);
  }

  private onProgress(sent: number): void {
    if (this.phase !== "sending" && this.phase !== "offline") return;
    this.pace.note(performance.now(), sent);
    this.tell({ phase: "sending", sent, left: this.pace.left(this.shown.size) });
  }

  private onCut(): void {
    this.pace.reset();
    if (this.phase === "sending") this.tell({ phase: "offline", left: null });
  }

  private onFailed(sentence: string, lasting: boolean): void {
    this.pace.reset();
    if (lasting && sentence) this.refuse(sentence);
    else this.tell({ phase: navigator.onLine ? "failed" : "offline", sentence });
  }

  /** Asks until the check has spoken. */
  private async follow(address: string): Promise<void> {
    this.address = address;
    this.tell({ phase: "checking", sent: this.shown.size });
    while (!this.gone) {
      const found = await ask(address).catch(() => undefined);
      if (found === null) return this.tell({ phase: "failed", sentence: "" });
      if (found?.state === "ready") {
        this.row.carry(tokenOf(address));
        return this.tell({ phase: "ready" });
      }
      if (found?.state === "refused") {
        await forgetAddress(address);
        return this.refuse(found.sentence);
      }
      if (found) this.tell({ checked: found.share });
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
  }
}
