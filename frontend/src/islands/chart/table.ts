/** Reads a table as a chart's data. */

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** "1,871.5" → 1871.5; "—" → null */
export function figure(text: string): number | null {
  const plain = text.replace(/[,\s%]/g, "");
  const value = plain === "" ? NaN : Number(plain);
  return Number.isNaN(value) ? null : value;
}

export function readTable(table: HTMLTableElement): { names: string[]; series: Series[] } {
  const heads = Array.from(table.tHead?.rows[0]?.cells ?? []).map((cell) => cell.textContent.trim());
  const rows = Array.from(table.tBodies[0]?.rows ?? []);
  const cell = (row: HTMLTableRowElement, at: number): string => row.cells[at]?.textContent.trim() ?? "";
  const series = heads.slice(1).map((name, i) => ({ name, values: rows.map((row) => figure(cell(row, i + 1))) }));
  return { names: rows.map((row) => cell(row, 0)), series };
}
