/**
 * Runs before the first paint, as a plain script: the theme that was chosen, else the system's. Kept tiny, and
 * a file of its own, because the content policy allows no inline script.
 */
(function theme(): void {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem("leitai.theme");
  } catch {
    // a browser that forbids storage still gets the system's theme
  }
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-bs-theme", dark ? "dark" : "light");
})();
