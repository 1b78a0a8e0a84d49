import { shown, type Table } from "./flatten";
import type { Exchange } from "./gateway";
import { placeOf } from "./pages";

/**
 * What the rows of a table lack, in the words of the gateway's files: systems that did not
 * answer, and lists that go on.
 */
export function lacks(table: Table, { answer, open }: Exchange): { missing: string | undefined; cut: string[] } {
  const root = table.key.split(".")[0];
  const errors = (answer.errors ?? []).filter((e) => !e.path?.length || table.key === "overview" || e.path[0] === root);
  const causes = [...new Set(errors.map((e) => [e.extensions?.code ?? "INTERNAL", e.extensions?.system].filter(Boolean).join(" ")))];
  const own = open.find((one) => table.page !== undefined && one.path.join(".") === table.page.join("."));
  const all = typeof table.total === "number" ? table.total : undefined;
  const inside = open.filter((one) => one !== own && one.path[0] === root && (table.page === undefined || one.path.join(".").startsWith(table.page.join(".") + ".")))
    .map((one) => ({ list: placeOf(one.path), n: one.lists })).sort((a, b) => (a.list < b.list ? -1 : 1));
  return {
    missing: causes.length > 0 ? "数据不完整 · not whole: " + causes.join(", ") : undefined,
    cut: [
      ...(own ? [`${table.key}: the first ${table.records} records${all === undefined ? "" : ` of ${all}`}, and not all · 只有前 ${table.records} 条，不是全部${all === undefined ? "" : `，共 ${all} 条`}`] : []),
      ...inside.map(({ list, n }) => `${list}: ${n} lists go on behind what the query's first lets through · 其中 ${n} 个列表因查询的 first 限制未列全`),
    ],
  };
}

/**
 * A table as CSV for Excel: UTF-8 with a byte order mark, CRLF, and an apostrophe before a
 * text that a spreadsheet would run as a formula. columns are the keys wanted, in order. What
 * the rows lack stands behind them, in lines of one cell.
 */
export function csv(table: Table, columns: string[], chinese: boolean, said: string[] = []): string {
  const wanted = columns.flatMap((key) => table.columns.filter((column) => column.key === key));
  const lines = [
    wanted.map((column) => quoted(chinese ? column.chinese : column.english)),
    ...table.rows.map((row) => wanted.map((column) => quoted(shown(row.cells[column.key], column, chinese)))),
    ...said.map((text) => [quoted(text), ...wanted.slice(1).map(() => "")]),
  ];
  return "\ufeff" + lines.map((line) => line.join(",") + "\r\n").join("");
}

function quoted(text: string): string {
  const number = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !number && /^[=+\-@\t\r＝＋－＠]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a file to the browser. */
export function download(name: string, content: Blob) {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
