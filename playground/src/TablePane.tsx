import { useMemo, useState } from "react";
import { numberOf, shown, type Table } from "./flatten";
import { csv, download } from "./export";
import { language, say } from "./language";

const portion = 200;

// width is how wide a text is, in Latin letters.
const width = (text: string) => [...text].reduce((sum, c) => sum + (c > "\u2e80" ? 2 : 1), 0);

/** One flattened list as a table: sortable, columns to choose, CSV of what is shown. */
export function TablePane({ table, failed }: {
  table: Table;
  /** Whether the list could not be read; it then has no rows, which says nothing. */
  failed: boolean;
}) {
  const [sort, setSort] = useState<{ key: string; down: boolean }>();
  const [hidden, setHidden] = useState<Set<string>>(() => new Set());
  const [limit, setLimit] = useState(portion);
  const chinese = language() === "zh";
  const columns = table.columns.filter((c) => !hidden.has(c.key));
  const rows = useMemo(() => {
    const column = table.columns.find((c) => c.key === sort?.key);
    if (!sort || !column) return table.rows;
    const compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
    return [...table.rows].sort((a, b) => {
      const [x, y] = [a[column.key], b[column.key]];
      if ((x ?? "") === "" || (y ?? "") === "") return Number((x ?? "") === "") - Number((y ?? "") === ""); // nothing comes last, both ways
      const order = column.numeric ? (numberOf(x) ?? 0) - (numberOf(y) ?? 0) : compare(shown(x, column, chinese), shown(y, column, chinese));
      return sort.down ? -order : order;
    });
  }, [table, sort, chinese]);
  // A column of short values stays on one line; only long text wraps.
  const wide = useMemo(() => new Set(table.columns.filter((c) => table.rows.some((row) => width(shown(row[c.key], c, chinese)) > 44)).map((c) => c.key)), [table, chinese]);
  const look = (c: { key: string; numeric: boolean }) => (c.numeric ? "numeric" : wide.has(c.key) ? "wide" : "short");
  const press = (key: string) => setSort((now) => (now?.key !== key ? { key, down: false } : now.down ? undefined : { key, down: true }));
  const name = chinese ? table.chinese : table.english;
  return (
    <>
      <div className="pane-tools">
        <span className="count">{!failed && say(`${table.rows.length} 行，${columns.length} 列`, `${table.rows.length} rows, ${columns.length} columns`)}
          {typeof table.total === "number" && say(`；共 ${table.total} 条记录`, `; ${table.total} records in all`)}</span>
        <details className="menu">
          <summary>{say("选择列", "Columns")}</summary>
          <div className="menu-body">
            {table.columns.map((c) => (
              <label key={c.key}>
                <input type="checkbox" checked={!hidden.has(c.key)} onChange={() => setHidden((now) => {
                  const next = new Set(now);
                  if (!next.delete(c.key)) next.add(c.key);
                  return next;
                })} />
                {chinese ? c.chinese : c.english}
              </label>
            ))}
          </div>
        </details>
        <button type="button" className="quiet" onClick={() => download(name + ".csv", new Blob([csv({ ...table, rows }, columns.map((c) => c.key), chinese)], { type: "text/csv;charset=utf-8" }))}>
          {say("导出 CSV", "Export CSV")}
        </button>
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label={name}>
        <table>
          <caption className="visually-hidden">{name}</caption>
          <thead>
            <tr>
              <th className="row-number" scope="col"><span className="visually-hidden">{say("序号", "Row")}</span></th>
              {columns.map((c) => (
                <th key={c.key} scope="col" className={look(c)} aria-sort={sort?.key === c.key ? (sort.down ? "descending" : "ascending") : undefined}>
                  <button type="button" onClick={() => press(c.key)} title={c.key}>
                    {chinese ? c.chinese : c.english}
                    <span aria-hidden="true" className="sort-mark">{sort?.key === c.key ? (sort.down ? "↓" : "↑") : ""}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, limit).map((row, i) => (
              <tr key={i}>
                <td className="row-number">{i + 1}</td>
                {columns.map((c) => {
                  const value = row[c.key];
                  const text = shown(value, c, chinese);
                  return <td key={c.key} className={look(c)}>{text === "" ? <span className="nothing">—</span> : wide.has(c.key) ? <div className="long" title={width(text) > 120 ? text : undefined}>{text}</div> : text}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="notice">{failed ? say("这个列表没有取到，原因见上。", "This list could not be read; the reason stands above.") : say("没有符合条件的记录。", "No record fits.")}</p>}
        {rows.length > limit && <button type="button" className="quiet more" onClick={() => setLimit(limit + portion)}>{say(`再显示 ${Math.min(portion, rows.length - limit)} 行`, `Show ${Math.min(portion, rows.length - limit)} more`)}</button>}
      </div>
    </>
  );
}
