/**
 * Chinese headings that break between words and not within one. The browser knows the words (Intl.Segmenter); one that
 * does not keeps its own lines, balanced where it can.
 */

interface Segments {
  segment(text: string): Iterable<{ segment: string }>;
}
type Maker = new (language: string, options: { granularity: "word" }) => Segments;

const HAN = /^\p{Script=Han}+$/u;
const ENDS = "区届赛省市州县厅局部会期级组队"; // a single character after which a word is over
const LONG = 8; // a shorter heading hardly breaks

/** The parts between which a line may end. Single characters the dictionary could not place stay with both neighbours. */
export function phrasesOf(text: string): string[] {
  const maker = (Intl as unknown as { Segmenter?: Maker }).Segmenter;
  if (!maker) return [text];
  const found: string[] = [];
  let last = "";
  for (const { segment } of new maker("zh", { granularity: "word" }).segment(text)) {
    const ends = last.length > 1 || ENDS.includes(last);
    if (last && ends && segment.length > 1 && HAN.test(last) && HAN.test(segment)) found.push(segment);
    else found.push((found.pop() ?? "") + segment);
    last = segment;
  }
  return found;
}

/** Mark where the headings below `root` may break; a heading that was marked stays as it is. */
export function phraseHeadings(root: ParentNode): void {
  for (const heading of root.querySelectorAll<HTMLElement>("h1, h2, h3")) {
    if (heading.querySelector("wbr")) continue;
    const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      const parts = text.data.length < LONG ? [] : phrasesOf(text.data);
      if (parts.length < 2) continue;
      text.replaceWith(...parts.flatMap((part, turn) => (turn ? [document.createElement("wbr"), part] : [part])));
      heading.classList.add("lt-phrased");
    }
  }
}
