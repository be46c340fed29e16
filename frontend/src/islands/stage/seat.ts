/**
 * A seat: `<div id="stage-seat">` on a phone, a tablet, or a computer with a key or USB buzzer; and several seats at one
 * computer: `<div id="stage-seats">`, each with a key, a ticket and a connection of its own.
 */

import "../../../styles/stage.css";
import { replace } from "../../lib/dom";
import { Buzzer } from "./buzzer";
import { mount } from "./mount";
import { mountTogether } from "./together";

/** Keys that a page needs for itself; every other one is a buzzer's. */
const OTHERS = new Set(["Tab", "Escape", "Shift", "Control", "Alt", "Meta", "F5", "F11", "F12"]);

mount("seat", (root, words) => {
  const buzzer = new Buzzer(words, () => void setTimeout(() => location.reload(), 3000));
  replace(root, buzzer.box);
  document.addEventListener("keydown", (event) => {
    if (event.repeat || OTHERS.has(event.key)) return;
    event.preventDefault();
    buzzer.hit(event);
  });
  return buzzer;
});
mountTogether();
