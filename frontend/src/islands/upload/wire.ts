/** The talk with the server: tus-js-client sends; a plain GET tells what became of the file. */

import { Upload, type DetailedError, type PreviousUpload } from "tus-js-client";

export interface Place {
  readonly url: string;
  readonly kind: string;
  readonly owner: string;
  readonly holder: string;
}

export interface Progress {
  readonly state: "receiving" | "checking" | "ready" | "refused" | "attached";
  readonly name: string;
  readonly length: number;
  readonly offset: number;
  readonly share: number;
  readonly sentence: string;
}

export interface Hearers {
  progress(sent: number): void;
  /** Nobody answered; it is tried again by itself. */
  cut(): void;
  done(address: string): void;
  /** `lasting`: the server refused; trying again changes nothing. */
  failed(sentence: string, lasting: boolean): void;
}

/** Small enough that a slow line loses little when it breaks, large enough for a fast one. */
export const CHUNK = 4 * 1024 * 1024;
const DELAYS = [1000, 2000, 4000, 8000, 15_000, 15_000, 30_000, 30_000, 60_000];
const AGAIN = new Set([409, 423, 460]);

export function sentenceIn(body: string): string {
  try {
    const said = JSON.parse(body) as { sentence?: unknown };
    return typeof said.sentence === "string" ? said.sentence : "";
  } catch {
    return "";
  }
}

/** The address's last part. */
export function tokenOf(address: string): string {
  return address.split("/").pop() ?? "";
}

/** The cookie's, if there is one: signing in anew in another window has changed it since the page was made. */
function csrf(): string {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? document.querySelector<HTMLElement>("[data-lt-upload]")?.dataset["csrf"] ?? "";
}

export function mark(place: Place): string {
  return ["lt", place.url, place.kind, place.owner, place.holder].join("|");
}

export function makeUpload(file: File, place: Place, hearers: Hearers): Upload {
  let signedOut = "";
  const upload: Upload = new Upload(file, {
    endpoint: place.url,
    chunkSize: CHUNK,
    retryDelays: DELAYS,
    metadata: { filename: file.name, kind: place.kind, owner: place.owner },
    onBeforeRequest: (request) => request.setHeader("X-CSRFToken", csrf()),
    // after a reload the same file, chosen again for the same matter by the same person, goes on
    fingerprint: () => Promise.resolve([mark(place), file.name, file.size, file.lastModified].join("|")),
    removeFingerprintOnSuccess: false,
    onAfterResponse: (_request, response) => {
      if (response.getStatus() !== 401) return;
      // else the library takes the upload for lost and begins anew
      signedOut = sentenceIn(response.getBody());
      throw new Error("signed out");
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const again = !signedOut && (status < 400 || status >= 500 || AGAIN.has(status)) && status !== 507;
      if (again && status === 0) hearers.cut();
      return again;
    },
    onProgress: (sent) => hearers.progress(sent),
    onSuccess: () => hearers.done(upload.url ?? ""),
    onError: (error) => {
      const response = (error as Partial<DetailedError>).originalResponse;
      const status = response?.getStatus() ?? 0;
      const lasting = status >= 400 && status < 500 && !AGAIN.has(status);
      hearers.failed(signedOut || (response ? sentenceIn(response.getBody()) : ""), lasting);
      signedOut = "";
    },
  });
  return upload;
}

/** Goes on where an earlier visit stopped, if this browser remembers it. */
export async function start(upload: Upload): Promise<PreviousUpload | undefined> {
  const earlier = (await upload.findPreviousUploads())[0];
  if (earlier) upload.resumeFromPreviousUpload(earlier);
  upload.start();
  return earlier;
}

/** null: the server no longer has it, or not for this person. */
export async function ask(address: string): Promise<Progress | null> {
  const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  return response.ok ? ((await response.json()) as Progress) : null;
}

export async function remove(address: string): Promise<void> {
  const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": csrf() };
  await fetch(address, { method: "DELETE", headers, credentials: "same-origin" });
}
