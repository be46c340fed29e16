/** The way to the lane: POST text/plain, JSON back, no cookies, no preflight; and what its refusals mean. */

export type Language = "zh" | "en";

export function pageLanguage(): Language {
  return document.documentElement.lang.toLowerCase().startsWith("en") ? "en" : "zh";
}

/** fill("第 %1 题", 7) → "第 7 题" */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/%(\d)/g, (whole, at: string) => String(values[Number(at) - 1] ?? whole));
}

/** The lane said no, with a code; `text` is its own sentence in the page's language. */
export class LaneError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: string,
    readonly data: Readonly<Record<string, unknown>> = {},
    readonly retryAfter = 0,
  ) {
    super(`${status} ${code}`);
  }

  get passing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** No answer came: no network, a timeout, or something between that is not the lane. */
export class NoAnswer extends Error {}

export const PATIENCE = 8000;

export class LaneDoor {
  constructor(
    private readonly origin: string,
    private readonly language: Language,
  ) {}

  protected async post<T>(path: string, body: string): Promise<T> {
    const answer = await this.ask(path, { method: "POST", body, headers: { "Content-Type": "text/plain" } }, PATIENCE);
    if (!answer.ok) throw await this.refusal(answer);
    try {
      return (await answer.json()) as T;
    } catch (error) {
      throw new NoAnswer(String(error));
    }
  }

  protected async ask(path: string, init: RequestInit, patience: number): Promise<Response> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), patience);
    try {
      return await fetch(this.origin + path, { ...init, mode: "cors", credentials: "omit", signal: abort.signal });
    } catch (error) {
      throw new NoAnswer(String(error));
    } finally {
      clearTimeout(timer);
    }
  }

  protected async refusal(answer: Response): Promise<Error> {
    try {
      const { error } = (await answer.json()) as { error: { code: string; zh?: string; en?: string } & Record<string, unknown> };
      const text = (this.language === "zh" ? error.zh : error.en) ?? error.zh ?? error.en ?? error.code;
      return new LaneError(answer.status, error.code, text, error, Number(answer.headers.get("Retry-After") ?? 0));
    } catch {
      // a proxy's page, a hotel's login: not the lane
      if (answer.status >= 500 || answer.status === 429) return new LaneError(answer.status, "busy", "", {}, 1);
      return new NoAnswer(`HTTP ${answer.status}`);
    }
  }
}
