/**
 * Dialogs without <dialog> (Safari has it from 15.4): focus goes in, stays in, and comes back; Escape shuts.
 * What lies behind is hidden from screen readers while the dialog is open.
 */

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

interface Open {
  readonly layer: HTMLElement;
  readonly from: Element | null;
  readonly hidden: readonly Element[];
  readonly onShut: (() => void) | undefined;
}

const open: Open[] = [];

/** Shows `layer` (a `.lt-dialog` with a `[role=dialog]` inside). */
export function openDialog(layer: HTMLElement, onShut?: () => void): void {
  if (open.some((one) => one.layer === layer)) return;
  const box = layer.querySelector<HTMLElement>('[role="dialog"], [role="alertdialog"]') ?? layer;
  const hidden = outside(layer);
  for (const one of hidden) one.setAttribute("aria-hidden", "true");
  open.push({ layer, from: document.activeElement, hidden, onShut });
  layer.hidden = false;
  (box.querySelector<HTMLElement>("[data-lt-first]") ?? box).focus();
}

export function closeDialog(layer: HTMLElement): void {
  const at = open.findIndex((one) => one.layer === layer);
  if (at < 0) return;
  const [shut] = open.splice(at, 1);
  layer.hidden = true;
  for (const one of shut!.hidden) one.removeAttribute("aria-hidden");
  if (shut!.from instanceof HTMLElement) shut!.from.focus();
  shut!.onShut?.();
}

export function anyDialogOpen(): boolean {
  return open.length > 0;
}

/** Everything beside the path from the body to the layer. */
function outside(layer: Element): Element[] {
  const found: Element[] = [];
  for (let at: Element | null = layer; at && at !== document.body; at = at.parentElement) {
    for (const one of Array.from(at.parentElement?.children ?? [])) {
      if (one !== at && !one.hasAttribute("aria-hidden") && !one.matches("script, [aria-live]")) found.push(one);
    }
  }
  return found;
}

function keepFocus(event: KeyboardEvent, layer: HTMLElement): void {
  const items = Array.from(layer.querySelectorAll<HTMLElement>(FOCUSABLE)).filter((one) => one.offsetParent !== null);
  const first = items[0];
  const last = items[items.length - 1];
  if (!first || !last) {
    event.preventDefault();
    return;
  }
  const at = document.activeElement;
  const leaving = event.shiftKey ? at === first || !items.includes(at as HTMLElement) : at === last;
  if (leaving) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

/** Call once a page. */
export function watchDialogs(): void {
  document.addEventListener("keydown", (event) => {
    const top = open[open.length - 1];
    if (!top) return;
    if (event.key === "Escape" && !top.layer.hasAttribute("data-lt-must")) closeDialog(top.layer);
    if (event.key === "Tab") keepFocus(event, top.layer);
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    const layer = target.closest<HTMLElement>(".lt-dialog");
    if (!layer) return;
    if (target.closest("[data-lt-close]") || (target === layer && !layer.hasAttribute("data-lt-must"))) closeDialog(layer);
  });
}
