/** The drum: its nails are the countdown and the buzzer (shared design, «joy has one motif»). */

const SVG = "http://www.w3.org/2000/svg";

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

export class Drum {
  readonly svg: SVGElement;
  private readonly nails: SVGElement[] = [];
  private readonly word: SVGElement;
  private readonly small: SVGElement;

  constructor(css: string, count: number) {
    this.svg = shape("svg", { class: css, viewBox: "0 0 320 320", "aria-hidden": "true", focusable: "false" });
    this.svg.append(shape("circle", { class: "rim", cx: 160, cy: 160, r: 156 }), shape("circle", { class: "face", cx: 160, cy: 160, r: 120 }));
    for (let at = 0; at < count; at += 1) {
      const angle = (2 * Math.PI * at) / count;
      const nail = shape("circle", {
        cx: (160 + 138 * Math.sin(angle)).toFixed(1),
        cy: (160 - 138 * Math.cos(angle)).toFixed(1),
        r: 5.2,
        class: "on",
      });
      this.nails.push(nail);
      this.svg.append(nail);
    }
    this.word = shape("text", { class: "w", x: 160, y: 160, "text-anchor": "middle", "dominant-baseline": "central" });
    this.small = shape("text", { class: "s", x: 160, y: 236, "text-anchor": "middle" });
    this.svg.append(this.word, this.small);
  }

  look(css: string): void {
    if (this.svg.getAttribute("class") !== css) this.svg.setAttribute("class", css);
  }

  /** `share` of the nails burn, from 0 to 1: the last one goes out with the time. */
  burn(share: number): void {
    const lit = Math.ceil(Math.min(1, Math.max(0, share)) * this.nails.length);
    this.nails.forEach((nail, at) => {
      const css = at < lit ? "on" : "off";
      if (nail.getAttribute("class") !== css) nail.setAttribute("class", css);
    });
  }

  say(word: string, small = ""): void {
    if (this.word.textContent !== word) this.word.textContent = word;
    if (this.small.textContent !== small) this.small.textContent = small;
    this.word.setAttribute("y", small ? "140" : "160");
    this.word.setAttribute("data-length", String(Math.min(4, word.length)));
  }
}

/** The seconds left of a clock, whole ones begun, and the share of it that is left. */
export function left(clock: { readonly at: number; readonly of: number } | null, now: number): { seconds: number; share: number } | null {
  if (!clock) return null;
  const rest = Math.max(0, clock.at - now) / 1_000_000;
  return { seconds: Math.ceil(rest), share: clock.of > 0 ? rest / clock.of : 0 };
}
