/**
 * A slip's QR leads to a page with the code behind #, which no server and no log ever sees. It is put into the field that
 * waits for it, and taken out of the address, so that neither history nor a shared screen keeps it.
 */
export function fillFromFragment(): void {
  const code = readCode(location.hash);
  const field = document.querySelector<HTMLInputElement>("input[data-lt-fragment]");
  if (!field || !code) return;
  field.value = code;
  history.replaceState(history.state, "", location.pathname + location.search);
  field.form?.querySelector<HTMLButtonElement>("button")?.focus();
}

/** Letters, digits and dashes only: what stands in an address is anybody's. */
export function readCode(hash: string): string {
  const code = hash.slice(1);
  return /^[0-9A-Za-z-]{16,24}$/.test(code) ? code : "";
}
