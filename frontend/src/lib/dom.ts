/** Small DOM builders. Text goes in as text nodes only, never as markup. */

export type Child = Node | string | number | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined | EventListener>>;

/** `h("p.muted", {id: "x", onclick: f}, "words")`; the tag may carry classes after dots. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K | `${K}.${string}`,
  attributes: Attributes | null = null,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name as K);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  put(element, ...children);
  return element;
}

export function put(element: Element, ...children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
}

export function replace(element: Element, ...children: readonly Child[]): void {
  element.textContent = "";
  put(element, ...children);
}

/** Sets text only when it changed: a live region must not speak again, a clock must not flicker. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = "http://www.w3.org/2000/svg";

function draw(css: string, box: number, body: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", css);
  svg.setAttribute("viewBox", `0 0 ${box} ${box}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const part of body.split("|")) {
    const [kind, data] = [part[0], part.slice(1)];
    const shape = document.createElementNS(SVG, kind === "o" ? "circle" : "path");
    if (kind === "o") {
      shape.setAttribute("cx", "8");
      shape.setAttribute("cy", "8");
      shape.setAttribute("r", data);
    } else shape.setAttribute("d", data);
    if (kind === "f" || data === "6.5") {
      shape.setAttribute("fill", "currentColor");
      shape.setAttribute("stroke", "none");
    }
    svg.append(shape);
  }
  return svg;
}

const ICONS = {
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  flag: "M6 21V4h12l-2.6 4.5L18 13H6",
  grid: "M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z",
  check: "M4.5 12.5l5 5 10-11",
  cross: "M6 6l12 12M18 6 6 18",
  copy: "M9 8.5h11v12H9zM15 8.5v-5H4v12h5",
  print: "M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6.5H7z",
  clock: "M12 7v5.2l3.2 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.6h.01",
  swap: "M4 8h14M14.5 4.5 18 8l-3.5 3.5M20 16H6M9.5 12.5 6 16l3.5 3.5",
  offline:
    "M3 3l18 18M8.6 15.6a5 5 0 0 1 5.4-1M5.2 12.2a10 10 0 0 1 4-2.4M2.5 8.6A14 14 0 0 1 6 6.2" +
    "M21.5 8.6a14.2 14.2 0 0 0-10.4-4M18.8 12.2a10 10 0 0 0-3-2M12 19.5h.01",
} as const;
export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  return draw("i", 24, `p${ICONS[name]}`);
}

/* o: circle of that radius · p: stroked path · f: filled path */
const GLYPHS = {
  todo: "o5.8",
  live: "o6.5",
  half: "o5.8|fM8 2.2a5.8 5.8 0 0 1 0 11.6z",
  ok: "pM2.5 8.5 6.3 12.3 13.5 4.2",
  warn: "fM8 .8 15.2 8 8 15.2.8 8z",
  late: "fM8 1.2 15.4 14.6H.6z",
  none: "pM4 8h8",
} as const;
export type GlyphName = keyof typeof GLYPHS;

export function glyph(name: GlyphName): SVGSVGElement {
  return draw("lt-glyph", 16, GLYPHS[name]);
}

/** The house's mark: a drum on two steps. */
export function mark(): SVGSVGElement {
  const svg = draw("mark", 32, "pM9.5 21.3h13M5.5 25.9h21");
  const tile = document.createElementNS(SVG, "rect");
  tile.setAttribute("class", "tile");
  tile.setAttribute("width", "32");
  tile.setAttribute("height", "32");
  tile.setAttribute("rx", "6");
  const drum = document.createElementNS(SVG, "circle");
  drum.setAttribute("cx", "16");
  drum.setAttribute("cy", "11.6");
  drum.setAttribute("r", "5.3");
  svg.prepend(tile, drum);
  svg.setAttribute("class", "mark drawn");
  return svg;
}
