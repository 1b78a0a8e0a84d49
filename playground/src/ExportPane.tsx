import { useMemo, useState } from "react";
import { download } from "./export";
import { flatten, type Table } from "./flatten";
import { Faults } from "./Faults";
import { useGraphiQL } from "@graphiql/react";
import { getNamedType, type GraphQLType } from "graphql";
import { file, type Asked, type Exchange, type GatewayError } from "./gateway";
import type { SavedOperation } from "./library";
import { language, say } from "./language";

type Format = "xlsx" | "csv" | "json";
type Head = "zh" | "field" | "both";

/**
 * The answer as a file. The gateway makes spreadsheets, by running what the form asks for
 * now; JSON is what was answered. The pane says of both which conditions they have.
 */
export function ExportPane({ exchange, asked, stale, tables: shown, variables, saved, name }: {
  exchange: Exchange;
  /** What the form asks for now; undefined while its variables do not parse. */
  asked: Asked | undefined;
  /** Whether that is something else than what is shown. */
  stale: boolean;
  tables: Table[];
  variables: { name: string; type: GraphQLType; preset: unknown }[];
  /** The operation of the library that the form has, as it is or changed; undefined for none. */
  saved: SavedOperation | undefined;
  /** What the file is called, without its ending, where the gateway does not say. */
  name: string;
}) {
  const chinese = language() === "zh";
  const [format, setFormat] = useState<Format>("xlsx");
  const [all, setAll] = useState(true);
  const [partial, setPartial] = useState(false);
  const [head, setHead] = useState<Head>(chinese ? "zh" : "field");
  const [codes, setCodes] = useState(!chinese);
  const [charset, setCharset] = useState("utf-8");
  const [picked, setPicked] = useState<string>();
  const schema = useGraphiQL((state) => state.schema);
  const request = stale ? asked : exchange;
  const tables = useMemo(() => {
    if (!stale) return shown;
    try {
      return schema && asked ? flatten(schema, asked.query, asked.operationName, {}, asked.variables, saved?.labels) : [];
    } catch {
      return []; // the gateway says what is wrong with the text
    }
  }, [stale, shown, schema, asked, saved]);
  const part = shown.find((t) => exchange.open.some((one) => t.page?.join(".") === one.path.join(".")));
  const list = tables.some((t) => t.key === picked) ? picked : tables[0]?.key;
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<{ of: Exchange; good?: string; bad?: GatewayError[]; lost?: boolean }>();
  const said = last?.of === exchange ? last : undefined;
  const setSaid = (now: { good?: string; bad?: GatewayError[]; lost?: boolean }) => setLast({ of: exchange, ...now });

  const make = async () => {
    setSaid({});
    if (format === "json") {
      download(name + ".json", new Blob([JSON.stringify(exchange.answer, null, 2)], { type: "application/json" }));
      return;
    }
    if (!request) return;
    setBusy(true);
    const made = await file(request, format, {
      head, enum: codes ? "code" : "label", pages: all ? "all" : "one", partial: partial ? "allow" : "refuse",
      ...(saved && Object.keys(saved.labels).length > 0 && { labels: saved.name }),
      ...(format === "csv" && { charset, ...(tables.length > 1 && list && { list }) }),
    }).catch(() => undefined);
    setBusy(false);
    if (!made) setSaid({ lost: true });
    else if ("errors" in made) setSaid({ bad: made.errors });
    else {
      download(made.name, made.content);
      setSaid({ good: say(`已导出 ${made.name}，共 ${made.rows} 行。`, `${made.name} with ${made.rows} rows.`)
        + (stale ? say("按当前填写的条件，不是屏幕上所示的结果。", " By what the form says now, not what is shown.") : "")
        + (made.cut ? say(`不是全部：${made.cut} 没有取完，文件末行和“说明”已注明。`, ` Not all of ${made.cut}: its last lines say so.`) : "")
        + (made.repeats ? say(format === "csv" ? `${made.repeats} 逐行重复，求和时每条记录请只计一次。` : "同一记录占多行时，数字只填第一行，见“说明”。", format === "csv" ? ` ${made.repeats} stand on each row of a record: count them once.` : " Of a record with several rows the numbers stand on the first.") : "")
        + (made.missing ? say(`不完整，缺少：${made.missing}。`, ` It is not whole; missing: ${made.missing}.`) : "") });
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
          <Segments label={say("范围", "Rows")} value={all} set={setAll} options={[[true, say("全部记录", "All records")], [false, say("查询所取的条数", "As many as asked for")]]} />
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
      <div className="conditions" role="status">
        {format === "json"
          ? <p>{stale ? say("JSON 是屏幕上所示的答复，即改动前的结果。", "JSON is the answer that is shown: that of before the change.") : say("JSON 是屏幕上所示的答复。", "JSON is the answer that is shown.")}</p>
          : request === undefined
            ? <p className="bad">{say("变量不是有效的 JSON，改正后才能导出。", "The variables are no valid JSON; correct them first.")}</p>
            : <p>{stale && <strong>{say("条件已改动，尚未重新执行：文件按当前填写的条件生成。", "Changed and not run again: the file is made by what the form says now. ")}</strong>}
                {conditions(variables, (request.variables ?? {}) as Record<string, unknown>, saved)}</p>}
        {part && (format === "json" || !all) && (
          <p>{say(`所示只是“${part.chinese}”的前 ${part.records} 条${typeof part.total === "number" ? `，共 ${part.total} 条` : ""}；文件名和文件内都会注明是部分。`, `Only the first ${part.records} of ${part.english} are shown; the file says that it is a part.`)}</p>
        )}
      </div>
      <button type="button" className="run" disabled={busy || format !== "json" && request === undefined} onClick={() => void make()}>{busy ? say("正在生成…", "Working…") : say("导出", "Export")}</button>
      <div role="status">
        {said?.good && <p className="about">{said.good}</p>}
        {said?.lost && <p className="bad">{say("无法连接网关。", "The gateway cannot be reached.")}</p>}
        {said?.bad && <Faults errors={said.bad} hints={saved?.variables} />}
      </div>
      <p className="about">{say("导出与查询走同一条路：权限、脱敏和限制完全一样。表格中的“导出 CSV”按当前的列和排序导出所见内容。", "A file takes the road of every query: the same rights, masks and limits. Export CSV beside the table takes what is shown there, columns and order included.")}</p>
    </div>
  );
}

const personal = new Set(["ResidentNumber", "Phone", "PersonName", "Address"]);

// conditions says with which values of the variables a file is made.
function conditions(variables: { name: string; type: GraphQLType; preset: unknown }[], values: Record<string, unknown>, saved: SavedOperation | undefined): string {
  const told = variables.map(({ name, type, preset }) => {
    const value = values[name] ?? preset;
    const hint = saved?.variables.find((h) => h.name === name);
    const text = value === undefined || value === null ? say("不限", "any") : personal.has(getNamedType(type).name) ? say("（已填）", "(given)") : typeof value === "object" ? JSON.stringify(value) : String(value);
    return `${hint ? say(hint.title, hint.english) : name} ${text}`;
  });
  return told.length === 0 ? say("查询没有条件变量。", "The query has no variables.") : say(`条件：${told.join("；")}。`, `With ${told.join("; ")}.`);
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
