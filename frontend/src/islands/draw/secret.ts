/**
 * A party's secret is made here and stays here: only its SHA-256 is sent, unless the house is asked to keep it.
 * `<form data-lt-secret-form>` with inputs `data-lt-secret`, `data-lt-commitment`, `data-lt-keep` and a button
 * `data-lt-make`.
 */

import { hex } from "../../lib/bytes";
import { sha256Hex } from "./draw1";

const SECRET_BYTES = 32;

/** One form for all: capitals without white space; "" where it is no secret of 128 bits. */
export function normaliseSecret(text: string): string {
  const secret = text.replace(/\s+/g, "").toUpperCase();
  return /^[0-9A-F]{32,128}$/.test(secret) ? secret : "";
}

export function commitmentOf(text: string): string {
  const secret = normaliseSecret(text);
  return secret ? sha256Hex(secret) : "";
}

export function bindSecret(form: HTMLFormElement): void {
  const secret = form.querySelector<HTMLInputElement>("[data-lt-secret]");
  const commitment = form.querySelector<HTMLInputElement>("[data-lt-commitment]");
  const keep = form.querySelector<HTMLInputElement>("[data-lt-keep]");
  const make = form.querySelector<HTMLButtonElement>("[data-lt-make]");
  if (!secret || !commitment || !make) return;
  const refresh = (): void => {
    commitment.value = commitmentOf(secret.value);
  };
  const name = secret.name;
  make.hidden = false;
  commitment.readOnly = true;
  make.addEventListener("click", () => {
    secret.value = hex(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))).toUpperCase();
    refresh();
    secret.focus();
    secret.select();
  });
  secret.addEventListener("input", refresh);
  // a field without a name is not sent
  const send = (): void => {
    secret.name = keep?.checked ? name : "";
  };
  keep?.addEventListener("change", send);
  send();
  refresh();
}
