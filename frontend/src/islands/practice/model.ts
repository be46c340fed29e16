/** What the page gives: the day's sets with their tickets, and how the learner's answers are held against a key. */

export type Answer = string | readonly string[];
export type Kind = "single" | "multiple" | "judge" | "blank";

export interface Basis {
  readonly law: string;
  readonly article: string;
  readonly quote: string;
  readonly version: string;
}

export interface Question {
  readonly n: number;
  readonly version: number;
  readonly type: Kind;
  readonly stem: string;
  readonly options: readonly (readonly [string, string])[];
  readonly module?: string;
  /** how many blanks a question of blanks has, where no key says it */
  readonly blanks?: number;
  /** with answers at once: letters, "T" or "F", or the accepted variants of each blank */
  readonly key?: string | readonly (readonly string[])[] | null;
  readonly explanation?: string;
  readonly basis?: Basis | null;
  /** what else can be done with it once its answer is known: favourite, note, report an error */
  readonly links?: readonly (readonly [title: string, href: string])[];
}

export interface GivenSet {
  /** hex; "" where nothing is recorded (a visitor's try) */
  readonly set: string;
  readonly act: string;
  readonly title: string;
  /** the learner it was given to, so that another person at this browser does not see it */
  readonly learner: number;
  readonly ticket: string;
  readonly day: string;
  readonly expires: number;
  readonly answers: "at-once" | "after";
  readonly questions: readonly Question[];
  /** the marked set, once it is handed in */
  readonly href: string;
}

/** The page's JSON (`practice.services.giving.player_data`); addresses hold {set} and {item} to fill in. */
interface PageData {
  readonly lane: string;
  readonly title: string;
  readonly learner?: number;
  readonly atOnce: boolean;
  /** how many sets may still be handed in today; null without a limit */
  readonly left?: number | null;
  readonly urls: Readonly<Record<"today" | "set" | "again" | "item", string>>;
  readonly sets: readonly { set: string; act: string; ticket: string; day: string; expires: number; questions: readonly (Question & { item?: number })[] }[];
}

export interface Given {
  readonly lane: string;
  readonly learner: number;
  readonly home: string;
  /** where further sets are given, "" when the day's limit is reached with these */
  readonly again: string;
  readonly sets: readonly GivenSet[];
}

const NOTHING: Given = { lane: "", learner: 0, home: "", again: "", sets: [] };

export function readGiven(root: Element, more: string): Given {
  const script = root.querySelector('script[type="application/json"]');
  let data: PageData;
  try {
    data = JSON.parse(script?.textContent ?? "") as PageData;
  } catch {
    return NOTHING;
  }
  const { urls, title, learner = 0 } = data;
  const sets = data.sets.map((one): GivenSet => {
    const questions = one.questions.map((each) => (each.item && learner ? { ...each, links: [[more, urls.item.replace("{item}", String(each.item))] as const] } : each));
    return { ...one, title, learner, questions, answers: data.atOnce ? "at-once" : "after", href: urls.set.replace("{set}", one.set) };
  });
  const again = typeof data.left === "number" && data.left <= sets.length ? "" : urls.again;
  return { lane: data.lane, learner, home: urls.today, again, sets };
}

export function blanksOf(question: Question): number {
  if (question.blanks) return question.blanks;
  if (Array.isArray(question.key)) return Math.max(1, question.key.length);
  return Math.max(1, (question.stem.match(/_{2,}|＿{2,}|（[\s\u3000]*）|\([\s\u3000]*\)/g) ?? []).length);
}

export function isAnswered(answer: Answer | undefined): boolean {
  if (answer === undefined) return false;
  return typeof answer === "string" ? answer.trim() !== "" : answer.some((one) => one.trim() !== "");
}

/** One width, no white space, no case: as the server compares. */
export function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
}

/** Whether it is right, for showing at once; null without a key. Points are the server's affair. */
export function isRight(question: Question, answer: Answer | undefined): boolean | null {
  const { key } = question;
  if (key === undefined || key === null) return null;
  if (typeof key === "string") {
    const chosen = typeof answer === "string" ? answer : "";
    return plain(chosen).split("").sort().join("") === plain(key).split("").sort().join("");
  }
  const given: readonly string[] = answer === undefined || typeof answer === "string" ? [] : answer;
  return key.every((variants, i) => {
    const text = plain(given[i] ?? "");
    return variants.some((one) => plain(one) === text);
  });
}

/** The day of the house's clock, "2026-11-22": Asia/Shanghai has no summer time. */
export function localDay(milliseconds: number): string {
  return new Date(milliseconds + 8 * 3600_000).toISOString().slice(0, 10);
}
