import { useState } from "react";
import { withheld, type Table } from "./flatten";
import { loadAll, mostLoaded, type Exchange } from "./gateway";
import { say } from "./language";
import { placeOf } from "./pages";

/** Beside figures of a list that goes on: of which part they are, and a way to the rest. */
export function Part({ table, exchange, of }: {
  table: Table;
  exchange: Exchange;
  /** What is made of the part. */
  of: "table" | "chart";
}) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const own = exchange.open.find((one) => table.page?.join(".") === one.path.join("."));
  const inside = exchange.open.filter((one) => one !== own && one.path[0] === table.key.split(".")[0] && (!table.page || one.path.join(".").startsWith(table.page.join(".") + ".")));
  const hidden = table.rows.filter((row) => table.columns.some((column) => withheld(row, column))).length;
  if (!own && inside.length === 0 && !failed && hidden === 0) return null;
  const load = async () => {
    setBusy(true);
    setFailed(await loadAll(exchange, own!.path).then((errors) => errors !== undefined, () => true));
    setBusy(false);
  };
  const all = typeof table.total === "number" ? say(`，共 ${table.total} 条`, ` of ${table.total}`) : "";
  return (
    <div className="part" role="status">
      {own && (
        <p>
          {of === "chart"
            ? say(`图中只有前 ${table.records} 条${all}，不是全部。`, `The chart is of the first ${table.records} records${all}, not of all.`)
            : say(`只取了前 ${table.records} 条${all}：排序和计数只含这一部分。`, `Only the first ${table.records} records${all} are here: sorting and counts are of these.`)}
          {own.cursor !== undefined && table.records < mostLoaded && (
            <button type="button" className="quiet" disabled={busy} onClick={() => void load()}>{busy ? say("正在载入…", "Loading…") : say("载入全部", "Load all")}</button>
          )}
          {table.records >= mostLoaded && say(` 页面最多载入 ${mostLoaded} 条，全部请到“导出”。`, ` A page holds ${mostLoaded} at most; take all under Export.`)}
        </p>
      )}
      {inside.map((one) => (
        <p key={one.path.join(".")}>{say(`${one.lists} 个下级列表（${placeOf(one.path)}）没有取全：查询只取每个的前几条。`, `${one.lists} lists inside (${placeOf(one.path)}) go on: the query asks for the first of each only.`)}</p>
      ))}
      {hidden > 0 && <p>{of === "chart"
        ? say(`${hidden} 行的数字因人数过少不予显示，图中没有，不是 0。`, `Figures of ${hidden} rows are withheld because few persons stand behind them: the chart lacks them, they are not 0.`)
        : say(`${hidden} 行有数字因人数过少（或可由此推出人数过少的组）不予显示，标为“已隐去”。`, `Figures of ${hidden} rows are withheld because few persons stand behind them, or behind those they would give away.`)}</p>}
      {failed && <p className="bad">{say("没有载入完，请稍后重试。", "Not everything could be loaded; try again later.")}</p>}
    </div>
  );
}
