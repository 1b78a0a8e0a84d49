import { useMemo, useState } from "react";
import { numberOf, shown, withheld, type Column, type Row, type Table } from "./flatten";
import { csv, download, lacks } from "./export";
import type { Exchange } from "./gateway";
import { language, say } from "./language";
import { Part } from "./Part";

const portion = 200;

// width is how wide a text is, in Latin letters.
const width = (text: string) => [...text].reduce((sum, c) => sum + (c > "\u2e80" ? 2 : 1), 0);

/** One flattened list as a table: sortable, columns to choose, CSV of what is shown. */
export function TablePane({ table, exchange, stale, failed }: {
  table: Table;
  /** Whose list it is. */
  exchange: Exchange;
  /** Whether the query or its variables have been changed since. */
  stale: boolean;
  /** Whether the list could not be read; it then has no rows, which says nothing. */
  failed: boolean;
}) {
  const [sort, setSort] = useState<{ key: string; down: boolean }>();
  const [hidden, setHidden] = useState<Set<string>>(() => new Set());
  const [limit, setLimit] = useState(portion);
  const [made, setMade] = useState<{ of: Exchange; said: string }>();
  const chinese = language() === "zh";
  const columns = table.columns.filter((c) => !hidden.has(c.key));
  const rows = useMemo(() => {
    const column = table.columns.find((c) => c.key === sort?.key);
    if (!sort || !column) return table.rows;
    const compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
    return [...table.rows].sort((a, b) => {
      const [x, y] = [a.cells[column.key], b.cells[column.key]];
      if ((x ?? "") === "" || (y ?? "") === "") return Number((x ?? "") === "") - Number((y ?? "") === ""); // nothing comes last, both ways
      const order = column.numeric ? (numberOf(x) ?? 0) - (numberOf(y) ?? 0) : compare(shown(x, column, chinese), shown(y, column, chinese));
      return sort.down ? -order : order;
    });
  }, [table, sort, chinese]);
  // A column of short values stays on one line; only long text wraps.
  const wide = useMemo(() => new Set(table.columns.filter((c) => table.rows.some((row) => width(shown(row.cells[c.key], c, chinese)) > 44)).map((c) => c.key)), [table, chinese]);
  const look = (c: { key: string; numeric: boolean }) => (c.numeric ? "numeric" : wide.has(c.key) ? "wide" : "short");
  const press = (key: string) => setSort((now) => (now?.key !== key ? { key, down: false } : now.down ? undefined : { key, down: true }));
  const name = chinese ? table.chinese : table.english;
  const visible = rows.slice(0, limit);
  const take = () => {
    const { missing, cut } = lacks(table, exchange);
    const said = [...(missing === undefined ? [] : [missing]), ...cut];
    const file = name + (missing !== undefined ? say("（不完整）", " (not whole)") : cut.length > 0 ? say("（部分）", " (part)") : "") + ".csv";
    download(file, new Blob([csv({ ...table, rows }, columns.map((c) => c.key), chinese, said)], { type: "text/csv;charset=utf-8" }));
    setMade({ of: exchange, said: [
      say(`已导出所示的 ${rows.length} 行。`, `${rows.length} rows as shown.`),
      ...(stale ? [say("条件已改动，文件仍是改动前的结果。", "The query was changed since: the file is of before.")] : []),
      ...(said.length > 0 ? [say("文件末行注明了缺少什么。", "Its last lines say what is missing.")] : []),
      ...(columns.some((c) => c.repeats) && rows.length > table.records ? [say("同一记录占多行，其数值逐行重复，求和时请只计一次。", "A record has several rows with its values on each: count them once.")] : []),
    ].join("") });
  };
  return (
    <>
      <div className="pane-tools">
        <span className="count">{!failed && table.rows.length !== table.records && say(`${table.records} 条记录，`, `${table.records} records, `)}{!failed && say(`${table.rows.length} 行，${columns.length} 列`, `${table.rows.length} rows, ${columns.length} columns`)}
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
        <button type="button" className="quiet" onClick={take}>
          {say("导出 CSV", "Export CSV")}
        </button>
        {made?.of === exchange && <span className="made" role="status">{made.said}</span>}
      </div>
      <Part table={table} exchange={exchange} of="table" />
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
                  {c.masked && <small className="personal" title={say("无权限时脱敏显示", "Masked unless a role may see it")}>{say("个人信息", "personal")}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {visible.map((row, i) => (
              <tr key={i}>
                <td className="row-number">{i + 1}</td>
                {columns.map((c) => {
                  const lines = span(visible, i, c);
                  if (lines === 0) return null;
                  const text = shown(row.cells[c.key], c, chinese);
                  return <td key={c.key} className={look(c)} rowSpan={lines > 1 ? lines : undefined}>{text === "" ? <span className="nothing">{withheld(row, c) ? say("已隐去", "withheld") : "—"}</span> : wide.has(c.key) ? <div className="long" title={width(text) > 120 ? text : undefined}>{text}</div> : text}</td>;
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

// span is how many rows a cell stands for: rows of one record that follow one another have
// its values once. 0 where a row above has it.
function span(rows: Row[], at: number, column: Column): number {
  const record = rows[at].of[column.level];
  if (!column.repeats || record === undefined) return 1;
  if (at > 0 && rows[at - 1].of[column.level] === record) return 0;
  let lines = 1;
  while (at + lines < rows.length && rows[at + lines].of[column.level] === record) lines++;
  return lines;
}
