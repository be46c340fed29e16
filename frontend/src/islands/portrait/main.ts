/**
 * A portrait is framed on the page (`seasons/_form_file.html`): drag, slider or arrow keys. The form carries the
 * whole picture and the chosen frame; the server cuts. Without this script it cuts from the middle.
 */

import "./portrait.css";
import { h } from "../../lib/dom";
import { type Frame, heightOf, HEIGHT, middle, moved, told, WIDTH, zoomed } from "./frame";

const WORDS = document.documentElement.lang.startsWith("en")
  ? { frame: "Framing of the photo: drag, or use the arrow keys", zoom: "Zoom" }
  : { frame: "照片取景：拖动照片，或用方向键移动", zoom: "缩放" };
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function bind(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>('input[type="file"]');
  const pen = h("canvas.lt-portrait-canvas", { width: WIDTH, height: HEIGHT, tabindex: 0, role: "img", "aria-label": WORDS.frame });
  const brush = pen.getContext("2d");
  if (!input || !brush) return;
  const slider = h("input.form-range", { type: "range", min: 1, max: 4, step: 0.05, value: 1, "aria-label": WORDS.zoom });
  const chosen = h("input", { type: "hidden", name: box.dataset["ltPortrait"] ?? "" });
  const panel = h("div.lt-portrait-panel", { hidden: true }, pen, slider, chosen);
  box.append(panel);
  let picture = new Image();
  let size = { width: 1, height: 1 };
  let frame: Frame = middle(size);

  const show = (next: Frame): void => {
    frame = next;
    chosen.value = told(frame, size);
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, WIDTH, HEIGHT);
    brush.drawImage(picture, frame.left, frame.top, frame.width, heightOf(frame), 0, 0, WIDTH, HEIGHT);
  };
  const shift = (right: number, down: number): void => show(moved(frame, size, (right * frame.width) / WIDTH, (down * frame.width) / WIDTH));
  const open = (file: File): void => {
    const next = new Image();
    next.onload = (): void => {
      picture = next;
      size = { width: next.naturalWidth, height: next.naturalHeight };
      slider.value = "1";
      panel.hidden = false;
      show(middle(size));
    };
    next.onerror = (): void => {
      panel.hidden = true; // the server says what is wrong with the file
      chosen.value = "";
    };
    const reader = new FileReader(); // a data address: the page's policy allows no other for pictures
    reader.onload = (): void => {
      if (typeof reader.result === "string") next.src = reader.result;
    };
    reader.readAsDataURL(file);
  };

  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) open(file);
    else panel.hidden = true;
  });
  slider.addEventListener("input", () => show(zoomed(frame, size, Number(slider.value))));
  pen.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    shift(step[0] * 8, step[1] * 8);
  });
  pen.addEventListener("pointerdown", (event) => pen.setPointerCapture(event.pointerId));
  pen.addEventListener("pointermove", (event) => {
    if (!pen.hasPointerCapture(event.pointerId)) return;
    const scale = WIDTH / (pen.clientWidth || WIDTH);
    shift(-event.movementX * scale, -event.movementY * scale);
  });
}

document.querySelectorAll<HTMLElement>("[data-lt-portrait]").forEach(bind);
