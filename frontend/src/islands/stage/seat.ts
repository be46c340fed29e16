/**
 * A seat: `<div id="stage-seat">` on a phone, a tablet, or a computer with a key or USB buzzer; and several seats at one
 * computer: `<div id="stage-seats">`, each with a key, a ticket and a connection of its own.
 */

import "../../../styles/stage.css";
import { replace } from "../../lib/dom";
import { awayBar } from "./away";
import { Buzzer } from "./buzzer";
import { mount } from "./mount";
import { mountTogether } from "./together";

/** Keys that a page needs for itself; every other one is a buzzer's. */
const OTHERS = new Set(["Tab", "Escape", "Shift", "Control", "Alt", "Meta", "F5", "F11", "F12"]);

mount("seat", (root, words) => {
  const buzzer = new Buzzer(words, () => void setTimeout(() => location.reload(), 3000));
  const keys = matchMedia("(any-pointer: fine)").matches; // a finger needs no window in front
  replace(root, keys ? awayBar(words) : null, buzzer.box);
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || OTHERS.has(event.key)) return;
    event.preventDefault();
    buzzer.hit(event);
  });
  return buzzer;
});
mountTogether();
