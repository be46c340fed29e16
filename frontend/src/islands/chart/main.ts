/**
 * A chart from the table beside it, drawn by ECharts. `<div class="lt-chart" data-lt-chart="bar" data-from="id">`
 * where `id` is a table: first column names, the others one series each. The table stays: it says the same.
 */

import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { readTable } from "./table";

use([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer]);

function role(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function draw(box: HTMLElement): () => void {
  const table = document.getElementById(box.dataset["from"] ?? "");
  if (!(table instanceof HTMLTableElement)) return () => undefined;
  const { names, series } = readTable(table);
  const chart = init(box, null, { renderer: "svg" });
  const paint = (): void => {
    const axis = { axisLine: { lineStyle: { color: role("--line-2") } }, axisLabel: { color: role("--text-2"), fontSize: 12 } };
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      color: [role("--act"), role("--idle"), role("--ok")],
      textStyle: { fontFamily: role("--font-ui") },
      grid: { left: 8, right: 8, top: series.length > 1 ? 32 : 12, bottom: 4, containLabel: true },
      legend: series.length > 1 ? { top: 0, right: 0, textStyle: { color: role("--text-2") } } : undefined,
      xAxis: { type: "category", data: names, axisTick: { show: false }, ...axis },
      yAxis: { type: "value", min: 0, splitLine: { lineStyle: { color: role("--line") } }, ...axis },
      series: series.map((one) => ({ type: box.dataset["ltChart"] === "line" ? "line" : "bar", name: one.name, data: one.values })),
    });
  };
  paint();
  window.addEventListener("resize", () => chart.resize());
  return paint;
}

const paints = Array.from(document.querySelectorAll<HTMLElement>("[data-lt-chart]")).map(draw);
// colours come from the theme: draw again when it changes
new MutationObserver(() => paints.forEach((paint) => paint())).observe(document.documentElement, {
  attributes: true,
  attributeFilter: ["data-bs-theme"],
});
