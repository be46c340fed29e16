/** The keyboard: letters choose, M marks, arrows move, digits jump. Nothing while typing or in a dialog. */

import { anyDialogOpen } from "../../lib/dialog";

export interface KeyPorts {
  readonly active: () => boolean;
  readonly letter: (letter: string) => void;
  readonly flag: () => void;
  readonly step: (by: 1 | -1) => void;
  readonly jump: (n: number) => void;
  readonly escape: () => void;
}

const JUMP = 700;

export function watchKeys(ports: KeyPorts): void {
  let digits = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  const digit = (key: string): void => {
    digits = (digits + key).slice(-3);
    clearTimeout(timer);
    timer = setTimeout(() => {
      ports.jump(Number(digits));
      digits = "";
    }, JUMP);
  };

  document.addEventListener("keydown", (event) => {
    if (!ports.active() || anyDialogOpen() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target as HTMLElement;
    const text = target instanceof HTMLInputElement && target.type !== "radio" && target.type !== "checkbox";
    if (text) {
      if (event.key === "Enter") ports.step(1);
      return;
    }
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault(); // a radio group would take the next option
      ports.step(event.key === "ArrowRight" ? 1 : -1);
    } else if (event.key === "Escape") ports.escape();
    else if (/^[0-9]$/.test(event.key)) digit(event.key);
    else if (/^[a-z]$/i.test(event.key)) {
      const letter = event.key.toUpperCase();
      if (letter === "M") ports.flag();
      else ports.letter(letter);
    }
  });
}
