/**
 * The page that a certificate's code opens, on our server, on any static host, or from a disk. It loads
 * nothing and asks nobody: keys and status list came with data.js, the claim stands behind the #.
 *
 * It imports nothing that other islands share, so that its one file runs as a plain script.
 */

import "./page.css";
import { check, openKeys, openStatus, tokenOf, type Answer, type Keys, type SignedFile, type Status } from "./check";
import { moment, wordsOf } from "./words";

declare global {
  interface Window {
    leitaiCertificates?: { keys?: SignedFile; status?: SignedFile };
  }
}

const words = wordsOf(document.documentElement.lang);
const KINDS: Record<Answer["verdict"], string> = { bad: "bad", valid: "ok", revoked: "bad", superseded: "bad", unknown: "warn" };

function element(name: string, text: string, css = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (css) made.className = css;
  return made;
}

function facts(answer: Answer): [string, string][] {
  const { claim } = answer;
  if (!claim) return [];
  const { facts: names } = words;
  const rows: [string, string][] = [
    [names.serial, claim.serial],
    [names.holder, claim.holder],
    [names.delegation, claim.delegation],
    [names.award, claim.award],
    [names.season, answer.title],
    [names.issuer, answer.issuer],
    [names.day, claim.day],
    [names.on, answer.on && moment(answer.on)],
    [names.by, answer.by],
    [names.asOf, answer.asOf && moment(answer.asOf)],
    [names.key, answer.fingerprint],
  ];
  return rows.filter(([, value]) => value !== "");
}

function show(box: HTMLElement, answer: Answer): void {
  box.className = `verdict-card k-${KINDS[answer.verdict]}`;
  box.dataset["verdict"] = answer.verdict;
  const list = element("dl", "", "lt-facts");
  for (const [name, value] of facts(answer)) list.append(element("dt", name), element("dd", value));
  box.replaceChildren(element("h2", words.heads[answer.verdict]), element("p", words.told(answer)), list);
  const register = box.dataset["register"];
  if (register && answer.claim) {
    const link = element("a", words.register) as HTMLAnchorElement;
    link.href = `${register}${encodeURIComponent(answer.claim.serial)}/`;
    const line = element("p", "");
    line.append(link);
    box.append(line);
  }
}

function read(text: string, keys: Keys): Status | null {
  try {
    return openStatus(JSON.parse(text) as SignedFile, keys);
  } catch {
    return null;
  }
}

function run(box: HTMLElement): void {
  const keys: Keys | null = openKeys(window.leitaiCertificates?.keys);
  let status: Status | null = keys ? openStatus(window.leitaiCertificates?.status, keys) : null;
  const ask = (text: string): void => {
    if (text) show(box, check(text, keys, status));
    else box.replaceChildren(element("p", words.empty));
  };
  const form = document.getElementById("certificate-ask");
  const code = document.getElementById("certificate-code") as HTMLTextAreaElement | null;
  const file = document.getElementById("certificate-status") as HTMLInputElement | null;
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(tokenOf(code?.value || location.hash));
  });
  file?.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (!chosen || !keys) return;
    void chosen.text().then((text) => {
      const newer = read(text, keys);
      if (!newer) {
        box.replaceChildren(element("p", words.file));
        return;
      }
      status = newer;
      ask(tokenOf(code?.value || location.hash));
    });
  });
  window.addEventListener("hashchange", () => ask(tokenOf(location.hash)));
  ask(tokenOf(location.hash));
}

function start(): void {
  const box = document.getElementById("certificate-check");
  if (box) run(box);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
