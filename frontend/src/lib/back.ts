/** Where a page leads back to: an address of practice in `?back=`, else where the page says. Nothing outside ever. */
export function backOf(search: string, home: string): string {
  const asked = new URLSearchParams(search).get("back") ?? "";
  return /^\/practice\/[a-z0-9-]+\/$/i.test(asked) ? asked : home;
}
