import { useState } from "react";
import { download } from "./export";
import type { Table } from "./flatten";
import { faultText } from "./faults";
import { file, type Exchange } from "./gateway";
import { language, say } from "./language";

type Format = "xlsx" | "csv" | "json";
type Head = "zh" | "field" | "both";

/** The answer as a file. The gateway makes spreadsheets, by running the query once more; JSON is what was answered. */
export function ExportPane({ exchange, tables, name }: {
  exchange: Exchange;
  tables: Table[];
  /** What the file is called, without its ending, where the gateway does not say. */
  name: string;
}) {
  const chinese = language() === "zh";
  const [format, setFormat] = useState<Format>("xlsx");
  const [all, setAll] = useState(false);
  const [partial, setPartial] = useState(false);
  const [head, setHead] = useState<Head>(chinese ? "zh" : "field");
  const [codes, setCodes] = useState(!chinese);
  const [charset, setCharset] = useState("utf-8");
  const [picked, setPicked] = useState<string>();
  const list = tables.some((t) => t.key === picked) ? picked : tables[0]?.key;
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<{ of: Exchange; good?: string; bad?: string[] }>();
  const said = last?.of === exchange ? last : undefined;
  const setSaid = (now: { good?: string; bad?: string[] }) => setLast({ of: exchange, ...now });

  const make = async () => {
    setSaid({});
    if (format === "json") {
      download(name + ".json", new Blob([JSON.stringify(exchange.answer, null, 2)], { type: "application/json" }));
      return;
    }
    setBusy(true);
    const made = await file(exchange, format, {
      head, enum: codes ? "code" : "label", pages: all ? "all" : "one", partial: partial ? "allow" : "refuse",
      ...(format === "csv" && { charset, ...(tables.length > 1 && list && { list }) }),
    }).catch(() => undefined);
    setBusy(false);
    if (!made) setSaid({ bad: [say("无法连接网关。", "The gateway cannot be reached.")] });
    else if ("errors" in made) setSaid({ bad: made.errors.map(faultText) });
    else {
      download(made.name, made.content);
      setSaid({ good: say(`已导出 ${made.name}，共 ${made.rows} 行。`, `${made.name} with ${made.rows} rows.`) + (made.missing ? say(`不完整，缺少：${made.missing}。`, ` It is not whole; missing: ${made.missing}.`) : "") });
    }
  };

  return (
    <div className="scroll export" tabIndex={0} role="region" aria-label={say("导出", "Export")}>
      <fieldset className="formats">
        <legend>{say("文件格式", "Format")}</legend>
        <Format value="xlsx" chosen={format} choose={setFormat} title={say("Excel 工作簿", "Excel workbook")} ending=".xlsx"
          note={say("每个列表一张工作表，日期和数字可直接计算；另附“说明”：查询、条件、时间和来源。", "A sheet for each list, with real dates and numbers, and one that says what was asked, when and of whom.")} />
        <Format value="csv" chosen={format} choose={setFormat} title={say("CSV 文本", "CSV text")} ending=".csv"
          note={say("一个列表，供其他软件读取。", "One list, for other programs.")} />
        <Format value="json" chosen={format} choose={setFormat} title={say("JSON 原始答复", "JSON, as answered")} ending=".json"
          note={say("当前显示的完整答复，含错误和来源。", "The whole answer that is shown, errors and sources included.")} />
      </fieldset>
      {format !== "json" && (
        <div className="options">
          <Segments label={say("范围", "Rows")} value={all} set={setAll} options={[[false, say("查询所取的条数", "As many as asked for")], [true, say("全部记录", "All records")]]} />
          <Segments label={say("列名", "Headers")} value={head} set={setHead} options={[["zh", say("中文", "Chinese")], ["field", say("字段名", "Fields")], ["both", say("两者", "Both")]]} />
          <Segments label={say("代码项", "Codes")} value={codes} set={setCodes} options={[[false, say("中文名称", "Chinese labels")], [true, say("代码", "Codes")]]} />
          {format === "csv" && <Segments label={say("编码", "Encoding")} value={charset} set={setCharset} options={[["utf-8", "UTF-8"], ["gb18030", "GB18030"]]} />}
          {format === "csv" && tables.length > 1 && (
            <label className="choice"><span>{say("列表", "List")}</span>
              <select value={list} onChange={(e) => setPicked(e.target.value)}>
                {tables.map((t) => <option key={t.key} value={t.key}>{say(t.chinese, t.english)}</option>)}
              </select>
            </label>
          )}
          <label className="check">
            <input type="checkbox" checked={partial} onChange={(e) => setPartial(e.target.checked)} />
            {say("有系统取不到数据时，仍导出其余部分（文件中会注明）", "When a system does not answer, export the rest; the file says so")}
          </label>
        </div>
      )}
      <button type="button" className="run" disabled={busy} onClick={() => void make()}>{busy ? say("正在生成…", "Working…") : say("导出", "Export")}</button>
      <div role="status">
        {said?.good && <p className="about">{said.good}</p>}
        {said?.bad && <ul className="errors">{said.bad.map((text) => <li key={text}>{text}</li>)}</ul>}
      </div>
      <p className="about">{say("导出与查询走同一条路：权限、脱敏和限制完全一样。表格中的“导出 CSV”按当前的列和排序导出所见内容。", "A file takes the road of every query: the same rights, masks and limits. Export CSV beside the table takes what is shown there, columns and order included.")}</p>
    </div>
  );
}

function Format({ value, chosen, choose, title, ending, note }: { value: Format; chosen: Format; choose: (format: Format) => void; title: string; ending: string; note: string }) {
  return (
    <label className="format">
      <input type="radio" name="format" value={value} checked={chosen === value} onChange={() => choose(value)} />
      <span><strong>{title}</strong> <code>{ending}</code><small>{note}</small></span>
    </label>
  );
}

function Segments<T extends string | boolean>({ label, value, set, options }: { label: string; value: T; set: (value: T) => void; options: [T, string][] }) {
  return (
    <div className="choice">
      <span>{label}</span>
      <div className="segments" role="group" aria-label={label}>
        {options.map(([key, text]) => <button key={String(key)} type="button" aria-pressed={key === value} onClick={() => set(key)}>{text}</button>)}
      </div>
    </div>
  );
}
