import { shown, type Table } from "./flatten";

/**
 * A table as CSV for Excel: UTF-8 with a byte order mark, CRLF, and an apostrophe before a
 * text that a spreadsheet would run as a formula. columns are the keys wanted, in order.
 */
export function csv(table: Table, columns: string[], chinese: boolean): string {
  const wanted = columns.flatMap((key) => table.columns.filter((column) => column.key === key));
  const lines = [
    wanted.map((column) => quoted(chinese ? column.chinese : column.english)),
    ...table.rows.map((row) => wanted.map((column) => quoted(shown(row[column.key], column, chinese)))),
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
