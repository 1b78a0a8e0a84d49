import { numberOf, shown, type Column, type Table } from "./flatten";

/** What a chart shows: a value of each series for each category. */
export interface Series {
  categories: string[];
  series: { name: string; values: number[] }[];
}

/** The columns a chart can group by: whatever is not a number. */
export const dimensions = (table: Table): Column[] => table.columns.filter((c) => !c.numeric && !c.opaque);

/**
 * The columns a chart by a dimension can measure. Where a category has several rows, they
 * are added up, so only what may be added counts.
 */
export function measures(table: Table, by?: string): Column[] {
  const single = by === undefined || new Set(table.rows.map((row) => row[by] ?? "")).size === table.rows.length;
  return table.columns.filter((c) => c.numeric && (single || c.additive) && table.rows.some((row) => numberOf(row[c.key]) !== undefined));
}

/** What a chart shows of the measures to begin with: all that are of one kind, else the first. */
export function usual(measures: Column[]): Column[] {
  const depth = (c: Column) => c.key.split(".").length;
  return measures.every((c) => c.type === measures[0].type && depth(c) === depth(measures[0])) ? measures : measures.slice(0, 1);
}

/**
 * The chart of a table. Rows of one category are added up, in order of first appearance
 * (dates and years in their own order); without measures rows are counted. A table with one
 * row and no dimension of its own is turned: its columns are the categories.
 */
export function series(table: Table, by: string | undefined, of: string[], chinese: boolean): Series {
  const name = (column: Column) => (chinese ? column.chinese : column.english);
  const wanted = table.columns.filter((c) => of.includes(c.key));
  const dimension = table.columns.find((c) => c.key === by);
  if (table.rows.length === 1 && wanted.length > 1) {
    return { categories: wanted.map(name), series: [{ name: chinese ? table.chinese : table.english, values: wanted.map((c) => numberOf(table.rows[0][c.key]) ?? 0) }] };
  }
  const unknown = chinese ? "（未记录）" : "(not recorded)";
  const last = (category: string) => Number(category === unknown || category === "未知");
  const groups = new Map<string, number[]>();
  for (const row of table.rows) {
    const category = (dimension && shown(row[dimension.key], dimension, chinese)) || unknown;
    const sums = groups.get(category) ?? wanted.map(() => 0);
    groups.set(category, sums);
    if (wanted.length === 0) sums[0] = (sums[0] ?? 0) + 1;
    wanted.forEach((column, i) => (sums[i] += numberOf(row[column.key]) ?? 0));
  }
  let categories = [...groups.keys()];
  if (inTime(categories)) categories = categories.sort((a, b) => last(a) - last(b) || inOrder(a, b));
  const names = wanted.length === 0 ? [chinese ? "条数" : "Rows"] : wanted.map(name);
  return { categories, series: names.map((n, i) => ({ name: n, values: categories.map((c) => round(groups.get(c)![i])) })) };
}

/** Whether categories are years, months or days, which a line shows best. */
export const inTime = (categories: string[]): boolean =>
  categories.length > 2 && categories.every((c) => /^\d{4}($|年|-\d{2}|-Q\d|-W\d{2})/.test(c) || /^([（(]|未知$)/.test(c));

// 2022年9月 comes before 2022年10月.
const inOrder = new Intl.Collator("zh-CN", { numeric: true }).compare;

const round = (n: number) => Math.round(n * 100) / 100;
