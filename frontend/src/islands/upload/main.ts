/**
 * Resumable uploads in a form (`files/_upload.html`). Without this script the same field is an ordinary file
 * field of the form; with it each file is sent as soon as it is chosen, and the form carries tokens.
 */

import "./upload.css";
import { isSupported } from "tus-js-client";
import { h, say } from "../../lib/dom";
import { Item } from "./item";
import { earlierAt } from "./memory";
import { speak, t } from "./text";
import type { Place } from "./wire";
import { refusalOf } from "./words";

function bind(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) return;
  const name = box.dataset["name"] ?? "uploads";
  const place: Place = {
    url: box.dataset["ltUpload"] ?? "",
    kind: box.dataset["kind"] ?? "",
    owner: box.dataset["owner"] ?? "",
    holder: box.dataset["holder"] ?? "",
  };
  const extensions = (box.dataset["extensions"] ?? "").split(",");
  const list = h("ul.lt-uploads");
  const live = h("p.sr", { role: "status" });
  const warning = h("p.invalid-feedback", { role: "alert" });
  warning.hidden = true;
  // the browser's own words («No file chosen») would be wrong: each file is in the list
  input.classList.replace("form-control", "sr");
  input.after(h("label.btn.lt-upload-choose", { for: input.id }, t("choose")));
  box.append(list, live, warning);
  input.removeAttribute("name"); // the form must not send the bytes a second time
  const required = input.required;
  let items: Item[] = [];

  const settle = (): void => {
    input.required = required && items.length === 0;
  };
  const drop = (item: Item): void => {
    items = items.filter((one) => one !== item);
    item.row.element.remove();
    settle();
  };
  const add = (file: { name: string; size: number }): Item => {
    const item = new Item(file, place, name, live, drop);
    items.push(item);
    list.append(item.row.element);
    settle();
    return item;
  };
  const choose = (file: File): void => {
    // one of an earlier visit (its size is not known here): the same file goes on there
    const replaced = (one: Item): boolean => one.phase === "unfinished" || one.file.size === 0;
    items.filter((one) => replaced(one) && one.file.name === file.name).forEach(drop);
    const item = add(file);
    const refusal = refusalOf(file, Number(box.dataset["max"]), extensions);
    if (refusal) item.refuse(refusal);
    else item.send(file);
  };

  input.addEventListener("change", () => {
    warning.hidden = true;
    Array.from(input.files ?? []).forEach(choose);
    input.value = "";
  });
  window.addEventListener("online", () => items.forEach((item) => item.wake()));
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== box.closest("form") || !items.some((item) => item.busy)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      warning.hidden = false;
      say(warning, t("still"));
    },
    true,
  );
  void earlierAt(place, Date.now()).then((found) => found.forEach((one) => void add({ name: one.name, size: 0 }).recall(one.address)));
}

if (isSupported) {
  speak(document.documentElement.lang);
  document.querySelectorAll<HTMLElement>("[data-lt-upload]").forEach(bind);
}
