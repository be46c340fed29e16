import { defineConfig } from "vitest/config";

// DESIGN law 10: learners, contestants and invigilators come with these, so everything is compiled to them.
export const FLOOR = ["chrome87", "safari14.1", "ios14.5"];

/** One style sheet a screen; the manifest knows each by its path. */
const screens = ["public", "office", "results", "console", "certificate", "design", "draw", "messages", "rules", "practice", "duel", "judge"];

export default defineConfig({
  base: "",
  publicDir: false,
  build: {
    outDir: "src/leitai/design/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: FLOOR,
    cssTarget: FLOOR,
    cssMinify: "lightningcss",
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: {
        theme: "frontend/src/theme.ts",
        site: "frontend/src/site.ts",
        worker: "frontend/src/worker.ts",
        exam: "frontend/src/islands/exam/main.ts",
        practice: "frontend/src/islands/practice/main.ts",
        upload: "frontend/src/islands/upload/main.ts",
        chart: "frontend/src/islands/chart/main.ts",
        draw: "frontend/src/islands/draw/main.ts",
        keep: "frontend/src/islands/keep/main.ts",
        certificate: "frontend/src/islands/certificate/main.ts",
        portrait: "frontend/src/islands/portrait/main.ts",
        judge: "frontend/src/islands/judge/main.ts",
        show: "frontend/src/islands/show/main.ts",
        lecture: "frontend/src/islands/lecture/main.ts",
        ...Object.fromEntries(["seat", "host", "hall", "watch"].map((role) => [`stage-${role}`, `frontend/src/islands/stage/${role}.ts`])),
        ...Object.fromEntries(screens.map((name) => [`screen-${name}`, `frontend/styles/${name}.css`])),
      },
    },
  },
  test: {
    include: ["frontend/tests/**/*.test.{ts,mjs}"],
    environment: "node",
  },
});
