/** Keys go to the window in front: while that is another one, the page says that no press comes here. */

import { h } from "../../lib/dom";
import type { Words } from "./words";

export function awayBar(words: Words): HTMLElement {
  const bar = h("p.buz-bar.seats-away", { role: "alert", hidden: true }, words.away);
  const look = (): void => {
    bar.hidden = document.hasFocus();
  };
  addEventListener("blur", look);
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  look();
  return bar;
}
