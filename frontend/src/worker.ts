/**
 * Service worker of the exam room (scope /exam/) and of practice (scope /practice/): the page opens again while the network
 * is down. Pages are network-first, hashed assets cache-first. It never touches the lane: answers are the journals' work.
 * The server writes LEITAI_SHELL in front of this file; `every` says whether each page of the scope is kept, or only those
 * that a page asks for (pages of practice are a person's own: they go when nobody is signed in any more).
 */

interface Shell {
  readonly name: string;
  readonly every: boolean;
  readonly assets: readonly string[];
}
interface WaitEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchLike extends WaitEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly LEITAI_SHELL: Shell;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", act: (event: WaitEvent) => void): void;
  addEventListener(name: "fetch", act: (event: FetchLike) => void): void;
  addEventListener(name: "message", act: (event: WaitEvent & { data: unknown }) => void): void;
}

(function work(): void {
  const scope = self as unknown as WorkerScope;
  const shell = scope.LEITAI_SHELL;
  const PATIENCE = 4000;

  const pageKey = (address: string): string => {
    const url = new URL(address, scope.location.href);
    return url.origin + url.pathname; // the hash may hold a code, the query nothing that matters
  };

  async function keepPage(address: string): Promise<void> {
    const cache = await caches.open(shell.name); // before the page: who signs out meanwhile takes it away
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(pageKey(address), answer);
    else if (answer.redirected) await cache.delete(pageKey(address));
  }

  function network(request: Request): Promise<Response> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("slow")), PATIENCE);
      fetch(request).then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  async function page(request: Request): Promise<Response> {
    const cache = await caches.open(shell.name);
    try {
      const answer = await network(request);
      const key = pageKey(request.url);
      if (answer.type === "opaqueredirect") await cache.delete(key);
      else if (answer.ok && !answer.redirected && (shell.every || (await cache.match(key)))) await cache.put(key, answer.clone());
      return answer;
    } catch {
      return (await cache.match(pageKey(request.url))) ?? fetch(request);
    }
  }

  async function asset(request: Request): Promise<Response> {
    const cache = await caches.open(shell.name);
    const kept = await cache.match(request.url);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url, answer.clone());
    return answer;
  }

  scope.addEventListener("install", (event) => {
    event.waitUntil(
      caches
        .open(shell.name)
        .then((cache) => cache.addAll([...shell.assets]))
        .then(() => scope.skipWaiting()),
    );
  });

  const kind = shell.name.replace(/[^-]*$/, "");

  scope.addEventListener("activate", (event) => {
    const clean = caches
      .keys()
      .then((names) => Promise.all(names.filter((one) => one.startsWith(kind) && one !== shell.name).map((one) => caches.delete(one))))
      .then(() => scope.clients.claim());
    event.waitUntil(clean);
  });

  scope.addEventListener("message", (event) => {
    const keep = (event.data as { keep?: string | readonly string[] } | null)?.keep ?? [];
    const pages = typeof keep === "string" ? [keep] : keep;
    event.waitUntil(Promise.all(pages.map((address) => keepPage(address).catch(() => undefined))));
  });

  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || new URL(request.url).origin !== scope.location.origin) return;
    if (request.mode === "navigate") event.respondWith(page(request));
    else if (shell.assets.includes(new URL(request.url).pathname)) event.respondWith(asset(request));
  });
})();
