import { around, numberOf, shown, type Column, type Level, type Table } from "./flatten";

/** What a chart shows: a value of each series for each category. */
export interface Series {
  categories: string[];
  series: { name: string; values: number[] }[];
}

/** The columns a chart can group by: whatever is not a number. */
export const dimensions = (table: Table): Column[] => table.columns.filter((c) => !c.numeric && !c.opaque);

/** The level of a column; without one, what stands around all lists. */
const levelOf = (table: Table, key: string | undefined) => table.columns.find((c) => c.key === key)?.level ?? 0;

/** The lists whose items a chart by a dimension can count: those that have it, and those inside them. */
export function countable(table: Table, by?: string): (Level & { level: number })[] {
  const own = levelOf(table, by);
  return table.levels.map((l, level) => ({ ...l, level })).filter(({ level }) => level > 0 && around(table.levels, level).includes(own));
}

/**
 * The columns a chart by a dimension can measure. A value is that of a record, however many
 * rows it has, and counts once; so the dimension must be that record's, or of one around it.
 * Where a category has several records, they are added up, so only what may be added counts.
 */
export function measures(table: Table, by?: string): Column[] {
  const own = levelOf(table, by);
  return table.columns.filter((c) => {
    if (!c.numeric || !around(table.levels, c.level).includes(own)) return false;
    const groups = new Map<unknown, Set<number | undefined>>();
    let some = false;
    for (const row of table.rows) {
      if (numberOf(row.cells[c.key]) === undefined) continue;
      some = true;
      const category = (by !== undefined && row.cells[by]) ?? "";
      groups.set(category, (groups.get(category) ?? new Set()).add(row.of[c.level]));
    }
    return some && (c.additive || by === undefined || [...groups.values()].every((records) => records.size === 1));
  });
}

/** What a chart shows of the measures to begin with: all that are of one kind, else the first. */
export function usual(measures: Column[]): Column[] {
  const depth = (c: Column) => c.key.split(".").length;
  return measures.every((c) => c.type === measures[0].type && depth(c) === depth(measures[0])) ? measures : measures.slice(0, 1);
}

/**
 * The chart of a table. Records of one category are added up, in order of first appearance
 * (dates and years in their own order); without measures the items of the list at counted
 * are counted. A record that has several rows counts once. A table with one row and no
 * dimension of its own is turned: its columns are the categories.
 */
export function series(table: Table, by: string | undefined, of: string[], chinese: boolean, counted = countable(table, by)[0]?.level ?? 0): Series {
  const name = (column: Column) => (chinese ? column.chinese : column.english);
  const wanted = table.columns.filter((c) => of.includes(c.key));
  const dimension = table.columns.find((c) => c.key === by);
  if (table.rows.length === 1 && wanted.length > 1) {
    return { categories: wanted.map(name), series: [{ name: chinese ? table.chinese : table.english, values: wanted.map((c) => numberOf(table.rows[0].cells[c.key]) ?? 0) }] };
  }
  const unknown = chinese ? "（未记录）" : "(not recorded)";
  const last = (category: string) => Number(category === unknown || category === "未知");
  const groups = new Map<string, number[]>();
  const levels = wanted.length === 0 ? [counted] : wanted.map((c) => c.level);
  const seen = levels.map(() => new Set<number>());
  for (const row of table.rows) {
    const category = (dimension && shown(row.cells[dimension.key], dimension, chinese)) || unknown;
    levels.forEach((level, i) => {
      const record = row.of[level];
      if (record === undefined || seen[i].has(record)) return;
      seen[i].add(record);
      const sums = groups.get(category) ?? levels.map(() => 0);
      groups.set(category, sums);
      sums[i] += wanted.length === 0 ? 1 : numberOf(row.cells[wanted[i].key]) ?? 0;
    });
  }
  let categories = [...groups.keys()];
  if (inTime(categories)) categories = categories.sort((a, b) => last(a) - last(b) || inOrder(a, b));
  const names = wanted.length === 0 ? [chinese ? "条数" : "Records"] : wanted.map(name);
  return { categories, series: names.map((n, i) => ({ name: n, values: categories.map((c) => round(groups.get(c)![i])) })) };
}

/** Whether categories are years, months or days, which a line shows best. */
export const inTime = (categories: string[]): boolean =>
  categories.length > 2 && categories.every((c) => /^\d{4}($|年|-\d{2}|-Q\d|-W\d{2})/.test(c) || /^([（(]|未知$)/.test(c));

// 2022年9月 comes before 2022年10月.
const inOrder = new Intl.Collator("zh-CN", { numeric: true }).compare;

const round = (n: number) => Math.round(n * 100) / 100;
