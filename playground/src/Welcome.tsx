import { say } from "./language";

/** What stands in the place of a result before there is one: how to begin, for who looks and for who writes. */
export function Welcome({ example, text, docs, picker }: {
  /** Runs a saved query; undefined while there is none. */
  example: (() => void) | undefined;
  /** Shows the query's text; undefined while it is shown. */
  text: (() => void) | undefined;
  docs: () => void;
  picker: () => void;
}) {
  return (
    <div className="scroll welcome" tabIndex={0} role="region" aria-label={say("如何开始", "How to begin")}>
      <section>
        <h2>{say("查数据", "Look something up")}</h2>
        <ol>
          <li>{say("在左侧“查询库”点一个常用查询，它会立即执行。", "Press a saved query in the library on the left; it runs at once.")}</li>
          <li>{say("要换日期、镇街、类型等条件，改表单里的值，再按“执行”。", "To change its dates, town or kind, change the form and press Run.")}</li>
          <li>{say("结果显示在这里：表格、图表随时切换，“导出”生成 Excel 文件。", "The result comes here, as a table or a chart; Export makes an Excel file.")}</li>
        </ol>
        {example && <button type="button" className="run" onClick={example}>{say("看一个例子", "Show me one")}</button>}
      </section>
      <section>
        <h2>{say("自己写查询", "Write a query")}</h2>
        {text && <p><button type="button" className="second" onClick={text}>{say("显示查询语句", "Show the query text")}</button></p>}
        <ul>
          <li>{say("编辑器按中文名和拼音首字母补全：输入“状态”或 zt 都给出 status（Ctrl+空格）。", "The editor completes names, also by Chinese and pinyin initials: 状态 and zt both offer status (Ctrl+Space).")}</li>
          <li><button type="button" className="link" onClick={picker}>{say("选字段", "Fields")}</button>{say("：在树中勾选，查询语句随之生成。", ": tick them in a tree, and the query is written for you.")}</li>
          <li><button type="button" className="link" onClick={docs}>{say("文档", "Docs")}</button>{say("：每个类型和字段的含义，何时为空。", ": what each type and field means, and when it is null.")}</li>
          <li>{say("Ctrl+Enter 执行；编辑器中按 F1 查看全部命令，按 Ctrl+M 后可用 Tab 键离开编辑器。", "Ctrl+Enter runs; F1 in the editor lists its commands, and after Ctrl+M the Tab key leaves it.")}</li>
        </ul>
      </section>
    </div>
  );
}
