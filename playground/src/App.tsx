import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { parse, print } from "graphql";
import { GraphiQLProvider, QueryEditor, ResponseEditor, VariableEditor, useGraphiQL, useGraphiQLActions, useMonaco } from "@graphiql/react";
import { modeConfigurationDefault } from "monaco-graphql/esm/api.js";
import "@graphiql/react/style.css";
import { learnAsker, useShutOut } from "./asker";
import { ChartPane } from "./ChartPane";
import { completion } from "./completion";
import { Docs } from "./Docs";
import { ExportPane } from "./ExportPane";
import { Faults } from "./Faults";
import { flatten, type Table } from "./flatten";
import { ask, fetcher, useExchange } from "./gateway";
import { say, setLanguage, useLanguage } from "./language";
import { Library } from "./Library";
import { beginning, cameOf, library, type SavedOperation } from "./library";
import { Person, ShutOut } from "./Person";
import { Picker } from "./Picker";
import { SaveDialog } from "./SaveDialog";
import { usual } from "./selection";
import { linkOf, opened } from "./share";
import { storage } from "./storage";
import { TablePane } from "./TablePane";
import { Tabs } from "./Tabs";
import { themes } from "./theme";
import { TracePane } from "./TracePane";
import { VariableForm, variablesIn } from "./VariableForm";
import { Welcome } from "./Welcome";

const first = say("# 在这里写查询，按 Ctrl+Enter 执行；Ctrl+空格补全，可输入中文名或拼音首字母。", "# Write a query here and press Ctrl+Enter; Ctrl+Space completes names.") + `
{
  towns {
    code
    name
    judicialOffice
  }
}
`;

/** The whole page: library, picker and documentation, the editors, and what came back. */
export function App() {
  return (
    <GraphiQLProvider fetcher={fetcher as never} storage={storage as never} defaultQuery={first} shouldPersistHeaders={false}
      inputValueDeprecation schemaDescription getDefaultFieldNames={usual as never}>
      <Page />
    </GraphiQLProvider>
  );
}

// Under this key the page remembers whether the query's text is hidden. It is until
// somebody wants to write: most who come look something up and read no GraphQL.
const plainKey = "bureaugraph:plain";

type Side = "library" | "picker" | "docs";
type Result = "table" | "chart" | "json" | "trace" | "export";

function Page() {
  const language = useLanguage();
  const { run, prettifyEditors, copyQuery, stop } = useGraphiQLActions();
  const schema = useGraphiQL((state) => state.schema);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const operationName = useGraphiQL((state) => state.operationName);
  const isFetching = useGraphiQL((state) => state.isFetching);
  const theme = useGraphiQL((state) => state.theme);
  const exchange = useExchange();
  const dark = useDark(theme);

  const query = useText(queryEditor);
  const variablesText = useText(variableEditor);
  const [side, setSide] = useState<Side>("library");
  const [result, setResult] = useState<Result>("table");
  const [form, setForm] = useState(true);
  const [plain, setPlain] = useState(() => localStorage.getItem(plainKey) !== "no");
  const [operations, setOperations] = useState<SavedOperation[]>([]);
  const [failed, setFailed] = useState(false);
  const [saving, setSaving] = useState(false);
  const [dialog, setDialog] = useState(false);
  const [chosen, setChosen] = useState<SavedOperation>();
  const [note, setNote] = useState("");
  const [pick, setPick] = useState(0);

  useEditors(dark);

  const open = useCallback((operation: SavedOperation) => {
    setChosen(operation);
    queryEditor?.setValue(operation.query);
    variableEditor?.setValue(beginning(operation));
    history.replaceState(null, "", "#open=" + encodeURIComponent(operation.name));
  }, [queryEditor, variableEditor]);

  const reload = () => library().then((now) => {
    setOperations(now.operations);
    setSaving(now.saving);
  }, () => setFailed(true));
  useEffect(() => void reload(), []);
  useEffect(() => void learnAsker().catch(() => undefined), []);
  // Who was never let in sees nothing but how to be; who no longer is keeps what is on the screen.
  const outside = useShutOut() !== undefined && !schema;

  // A link opens its query once the editors are there.
  const linked = useRef(false);
  useEffect(() => {
    if (linked.current || !queryEditor || !variableEditor || (operations.length === 0 && !failed)) return;
    linked.current = true;
    void opened(location.hash).then((asked) => {
      const operation = operations.find((o) => o.name === asked.operation);
      if (operation) open(operation);
      else if (asked.query) queryEditor.setValue(asked.query);
    });
  }, [queryEditor, variableEditor, operations, failed, open]);

  // Whether an operation lacks a value that must be given.
  const wants = (operation: SavedOperation) =>
    variablesIn(schema, operation.query, null).some((v) => String(v.type).endsWith("!") && v.preset === undefined && !operation.variables.some((h) => h.name === v.name && h.default !== undefined));
  const openAndRun = (operation: SavedOperation) => {
    open(operation);
    if (!wants(operation)) setTimeout(() => void run(), 150); // the editor reads its operations a moment later
  };
  const example = schema ? operations.find((o) => !wants(o)) : undefined;

  const arrange = (simple: boolean) => {
    localStorage.setItem(plainKey, simple ? "yes" : "no");
    setPlain(simple);
    if (!simple) setTimeout(() => queryEditor?.focus()); // once it is shown
  };
  const begin = () => {
    setChosen(undefined);
    queryEditor?.setValue(first);
    variableEditor?.setValue("");
    queryEditor?.focus();
    history.replaceState(null, "", location.pathname + location.search);
  };

  const variables = useMemo(() => variablesIn(schema, query, operationName), [schema, query, operationName]);
  const values = useMemo(() => {
    try {
      return (variablesText.trim() === "" ? {} : JSON.parse(variablesText)) as Record<string, unknown>;
    } catch {
      return undefined;
    }
  }, [variablesText]);

  // The saved operation whose answer is shown.
  const saved = exchange && chosen && cameOf(chosen, exchange.operationName) ? chosen : undefined;
  const tables = useMemo<Table[]>(() => {
    if (!schema || !exchange?.answer.data) return [];
    try {
      return flatten(schema, exchange.query, exchange.operationName, exchange.answer.data, exchange.variables, saved?.labels);
    } catch {
      return []; // text that no longer parses was answered with errors only
    }
  }, [schema, exchange, saved]);
  useEffect(() => setPick(0), [exchange?.query]);
  const table = tables[Math.min(pick, tables.length - 1)];

  // A query that has become another one is no longer the saved one.
  const from = chosen && cameOf(chosen, operationName) ? chosen : undefined;

  const share = async () => {
    const known = chosen && query === chosen.query;
    const hash = known ? "#open=" + encodeURIComponent(chosen.name) : await linkOf(query);
    if (hash === undefined) {
      setNote(say("查询语句中有疑似身份证号或手机号，不能生成链接；请改用变量。", "The query holds what looks like a person's number: put it into a variable to share."));
      return;
    }
    history.replaceState(null, "", hash);
    await navigator.clipboard?.writeText(location.href).catch(() => undefined);
    setNote(say("链接已复制，其中不含变量。", "Link copied; it holds no variables."));
  };
  useEffect(() => setNote(""), [language]);
  useEffect(() => {
    if (note === "") return;
    const timer = setTimeout(() => setNote(""), 6000);
    return () => clearTimeout(timer);
  }, [note]);

  const errors = exchange?.answer.errors?.length ?? 0;
  const stale = useMemo(
    () => exchange !== undefined && (canonical(exchange.query) !== canonical(query) || JSON.stringify(exchange.variables ?? {}) !== JSON.stringify(values)),
    [exchange, query, values],
  );
  // What the form asks for now; undefined while its variables do not parse.
  const asked = useMemo(() => (values === undefined ? undefined : { query, operationName, variables: values }), [query, operationName, values]);
  return (
    <div className="page" lang={language === "zh" ? "zh-CN" : "en"}>
      <header>
        <h1>{say("司法局数据查询台", "Justice bureau data")}<small>Bureaugraph</small></h1>
        {!outside && <div className="segments modes" role="group" aria-label={say("用法", "Use")}>
          <button type="button" aria-pressed={plain} onClick={() => arrange(true)}>{say("查数据", "Look up")}</button>
          <button type="button" aria-pressed={!plain} onClick={() => arrange(false)}>{say("编写查询", "Write a query")}</button>
        </div>}
        <Systems />
        <nav aria-label={say("页面", "Page")}>
          <Person />
          <a href="schema.graphql">{say("数据结构", "Schema")}</a>
          <div className="segments" role="group" aria-label="语言 Language">
            <button type="button" lang="zh-CN" aria-pressed={language === "zh"} onClick={() => setLanguage("zh")}>中文</button>
            <button type="button" lang="en" aria-pressed={language === "en"} onClick={() => setLanguage("en")}>English</button>
          </div>
        </nav>
      </header>
      <ShutOut whole={outside} />
      {!outside && <main className={plain ? "plain" : undefined}>
        <section className="side" aria-label={say("查询库与字段", "Library and fields")}>
          <Tabs name="side" value={side} set={setSide} label={say("侧栏", "Sidebar")} tabs={[
            ["library", say("查询库", "Library")], ["picker", say("选字段", "Fields")], ["docs", say("文档", "Docs")],
          ]} />
          <div className="side-pane" id="side-panel" role="tabpanel" aria-labelledby={"side-" + side}>
            {side === "library" && <Library operations={operations} failed={failed} open={openAndRun} chosen={from?.name} />}
            {side === "picker" && <Picker text={query} />}
            {side === "docs" && <Docs />}
          </div>
        </section>
        <section className="ask" aria-label={say("查询", "Query")}>
          <div className="bar">
            <button type="button" className="run" onClick={() => (isFetching ? stop() : void run())} title="Ctrl+Enter">
              {isFetching ? say("停止", "Stop") : say("执行", "Run")}
            </button>
            {!plain && <button type="button" className="quiet" onClick={begin}>{say("新建", "New")}</button>}
            {!plain && <button type="button" className="quiet" onClick={() => void prettifyEditors()}>{say("整理格式", "Prettify")}</button>}
            {!plain && <button type="button" className="quiet" onClick={() => void copyQuery()}>{say("复制", "Copy")}</button>}
            <button type="button" className="quiet" onClick={() => void share()}>{say("分享链接", "Share")}</button>
            {saving && <button type="button" className="quiet" onClick={() => setDialog(true)}>{say("保存", "Save")}</button>}
            <span className="note" role="status">{note}</span>
          </div>
          {from && (
            <p className="purpose">
              <strong>{say(from.title, from.english)}</strong>{" "}
              {say(from.description, "")}{from.owner && <span> {say(`负责：${from.owner}`, `Owner: ${from.owner}`)}</span>}
            </p>
          )}
          <div className={plain ? "editor hidden" : "editor"}><QueryEditor aria-label={say("查询语句", "Query text")} role="group" /></div>
          <div className="bar about-variables">
            <h2>{say("变量", "Variables")}</h2>
            <div className="segments" role="group" aria-label={say("变量的填写方式", "How to fill in variables")}>
              <button type="button" aria-pressed={form} onClick={() => setForm(true)}>{say("表单", "Form")}</button>
              <button type="button" aria-pressed={!form} onClick={() => setForm(false)}>JSON</button>
            </div>
          </div>
          <div className="variables-pane">
            {form && (variables.length === 0
              ? <p className="notice">{say("本查询没有变量。", "This query has no variables.")}</p>
              : <VariableForm variables={variables} values={values} hints={from?.variables ?? []} set={(next) => variableEditor?.setValue(JSON.stringify(next, null, 2))} />)}
            <div className={form ? "editor hidden" : "editor"}><VariableEditor aria-label={say("变量", "Variables")} role="group" /></div>
          </div>
        </section>
        <section className="answer" aria-label={say("结果", "Result")}>
          <div className="bar">
            <Tabs name="result" value={result} set={setResult} label={say("结果的样式", "Views of the result")} tabs={[
              ["table", say("表格", "Table")], ["chart", say("图表", "Chart")], ["json", "JSON"], ["trace", say("追踪", "Trace")], ["export", say("导出", "Export")],
            ]} />
            {isFetching && <span className="outcome" role="status">{say("正在查询…", "Working…")}</span>}
            {exchange && !isFetching && (
              <span className={errors > 0 && !stale ? "outcome bad" : "outcome"} role="status">
                {stale ? say("已改动，请重新执行", "Changed since; run again")
                  : <>{errors > 0 ? say(`${errors} 个错误`, `${errors} error${errors > 1 ? "s" : ""}`) : say("完成", "Done")} · {Math.round(exchange.milliseconds)} {say("毫秒", "ms")}</>}
              </span>
            )}
          </div>
          {tables.length > 1 && (result === "table" || result === "chart") && (
            <div className="lists" role="group" aria-label={say("多个列表", "Lists")}>
              {tables.map((t, i) => <button key={t.key} type="button" aria-pressed={t === table} onClick={() => setPick(i)}>{say(t.chinese, t.english)} <small>{t.missing ? "—" : t.records + (exchange!.open.some((one) => t.page?.join(".") === one.path.join(".")) ? "+" : "")}</small></button>)}
            </div>
          )}
          <div className="answer-pane" aria-busy={isFetching} id="result-panel" role="tabpanel" aria-labelledby={"result-" + result}>
            {result !== "json" && !exchange && <Welcome example={example && (() => openAndRun(example))} text={plain ? () => arrange(false) : undefined} docs={() => setSide("docs")} picker={() => setSide("picker")} />}
            {(result === "table" || result === "chart") && exchange && stale && !isFetching && (
              <div className="part" role="status">
                <p>{say("条件或查询已改动：这里仍是改动前的结果。", "The query or its variables were changed: this is the result of before.")}<button type="button" className="quiet" onClick={() => void run()}>{say("重新执行", "Run again")}</button></p>
              </div>
            )}
            {(result === "table" || result === "chart") && errors > 0 && <div role="alert"><Faults errors={exchange!.answer.errors!} hints={saved?.variables} most={5} /></div>}
            {result === "table" && exchange && (table ? <TablePane key={identity(table)} table={table} exchange={exchange} stale={stale} failed={table.missing && errors > 0} /> : errors === 0 && <p className="notice">{say("没有可列成表的数据。", "There is nothing to tabulate.")}</p>)}
            {result === "chart" && exchange && (table ? <ChartPane key={identity(table)} table={table} exchange={exchange} dark={dark} /> : <p className="notice">{say("没有可画的数据。", "There is nothing to draw.")}</p>)}
            {result === "export" && exchange && <ExportPane exchange={exchange} asked={asked} stale={stale} tables={tables} variables={variables} saved={stale ? from : saved} name={exchange.operationName || "answer"} />}
            {result === "trace" && exchange && schema && <TracePane exchange={exchange} tables={tables} schema={schema} saved={saved} />}
            <div className={result === "json" ? "editor" : "editor hidden"}><ResponseEditor /></div>
          </div>
        </section>
      </main>}
      {dialog && (
        <SaveDialog query={query} operationName={operationName} from={from} variables={variables.map((v) => v.name)} close={() => setDialog(false)} saved={(operation) => {
          setDialog(false);
          setChosen(operation);
          setNote(say("已保存到查询库。", "Saved to the library."));
          void reload();
        }} />
      )}
    </div>
  );
}

// canonical is a query without what is only its layout.
function canonical(text: string): string {
  try {
    return print(parse(text));
  } catch {
    return text;
  }
}

// identity keeps choices of columns and chart while a query is run again.
const identity = (table: Table) => table.key + "|" + table.columns.map((c) => c.key).join("|");

/** Which systems answer, asked once. */
function Systems() {
  const [systems, setSystems] = useState<{ system: string; name: string; available: boolean }[]>([]);
  useEffect(() => {
    void ask<{ systems: typeof systems }>("{ systems { system name available } }").then((data) => setSystems(data?.systems ?? []), () => undefined);
  }, []);
  return (
    <ul className="systems" aria-label={say("业务系统", "Systems")}>
      {systems.map((s) => (
        <li key={s.system} className={s.available ? undefined : "down"}>
          <span aria-hidden="true">{s.available ? "●" : "○"}</span> {say(s.name, s.system.toLowerCase().replaceAll("_", " "))}{!s.available && say("（不可用）", " (down)")}
        </li>
      ))}
    </ul>
  );
}

// useEditors gives Monaco our letters, our colours and our completion.
function useEditors(dark: boolean) {
  const monaco = useMonaco((state) => state.monaco);
  const monacoGraphQL = useMonaco((state) => state.monacoGraphQL);
  const schema = useGraphiQL((state) => state.schema);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const known = useRef(schema);
  known.current = schema;
  useEffect(() => {
    if (!monaco || !monacoGraphQL) return;
    monacoGraphQL.setModeConfiguration({ ...modeConfigurationDefault, completionItems: false });
    const provider = monaco.languages.registerCompletionItemProvider("graphql", completion(monaco as never, () => known.current) as never);
    return () => provider.dispose();
  }, [monaco, monacoGraphQL]);
  useEffect(() => {
    if (!monaco) return;
    for (const [name, data] of Object.entries(themes)) monaco.editor.defineTheme(name, data as never);
    monaco.editor.setTheme(dark ? "graphiql-DARK" : "graphiql-LIGHT");
  }, [monaco, dark, queryEditor]);
  useEffect(() => {
    const fontFamily = getComputedStyle(document.documentElement).getPropertyValue("--code");
    for (const editor of [queryEditor, variableEditor, responseEditor]) {
      editor?.updateOptions({
        fontFamily,
        fontSize: 14,
        lineHeight: 22,
        fontLigatures: false,
        lineNumbersMinChars: 4,
        // 〔〕and full-width signs are right in Chinese case numbers.
        unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
        suggest: { showStatusBar: false, preview: false, showIcons: false },
        quickSuggestions: { other: true, comments: false, strings: false },
        wordBasedSuggestions: "off",
        padding: { top: 10, bottom: 10 },
        folding: editor === responseEditor,
        wordWrap: "on",
        guides: { indentation: editor === responseEditor, highlightActiveIndentation: false, bracketPairs: false },
      });
      editor?.getModel()?.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
    }
  }, [queryEditor, variableEditor, responseEditor]);
}

// useText is the text of an editor, as it changes.
function useText(editor: { getValue(): string; onDidChangeModelContent(listener: () => void): { dispose(): void } } | undefined | null): string {
  const [text, setText] = useState("");
  useEffect(() => {
    if (!editor) return;
    setText(editor.getValue());
    const listening = editor.onDidChangeModelContent(() => setText(editor.getValue()));
    return () => listening.dispose();
  }, [editor]);
  return text;
}

function useDark(theme: string | null | undefined): boolean {
  const media = useMemo(() => matchMedia("(prefers-color-scheme: dark)"), []);
  const [dark, setDark] = useState(media.matches);
  useEffect(() => {
    const listen = () => setDark(media.matches);
    media.addEventListener("change", listen);
    return () => media.removeEventListener("change", listen);
  }, [media]);
  return theme ? theme === "dark" : dark;
}
