// What GraphiQL says in English, and the Chinese of it: file, the source text to find, and
// its translation. `code` is the literal as the file spells it.
export const graphiql = [
  { file: "@graphiql/react/dist/constants.js", text: "Prettify Editors", chinese: "整理格式" },
  { file: "@graphiql/react/dist/constants.js", text: "Merge Fragments into Query", chinese: "将片段合并到查询中" },
  { file: "@graphiql/react/dist/constants.js", text: "Run Operation", chinese: "执行查询" },
  { file: "@graphiql/react/dist/constants.js", text: "Copy Query", chinese: "复制查询语句" },
  { file: "@graphiql/react/dist/stores/execution.js", text: "Automatically added leaf fields", chinese: "自动补全的字段" },
  { file: "@graphiql/react/dist/stores/execution.js", code: "`Request not sent. ${editor === variableEditor ? \"Variables\" : \"Request headers\"} ${error.message}`",
    text: "Request not sent: the variables are not valid JSON.", chinese: "未发送：变量不是有效的 JSON。" },
  { file: "@graphiql/react/dist/components/response-editor.js", text: "Result Window", chinese: "查询结果" },
  { file: "@graphiql/react/dist/components/response-editor.js", code: ">Loading...<", keep: true, text: "Loading...", chinese: "正在加载…" },
];

// Sentences of Monaco that a user of this page meets; the build fails when Monaco's own
// Chinese messages no longer hold one of them.
export const monaco = ["Command Palette", "Find", "Replace", "Cut", "Copy", "Paste", "No suggestions.", "Go to Line/Column...", "Match Case", "No results"];
