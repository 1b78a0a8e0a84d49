import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { graphiql, monaco } from "./dictionary.js";

const require = createRequire(import.meta.url);

// translated puts calls of the page's translator in the place of GraphiQL's English. An
// entry that is no longer found in its file fails the build: GraphiQL has changed, and the
// dictionary must follow.
export function translated() {
  const found = new Set();
  return {
    name: "translated",
    enforce: "pre",
    apply: "build",
    transform(code, id) {
      const path = id.split("?")[0];
      const entries = graphiql.filter((entry) => path.endsWith("/node_modules/" + entry.file));
      if (entries.length === 0) return null;
      for (const entry of entries) {
        const literal = entry.code ?? JSON.stringify(entry.text);
        if (!code.includes(literal)) throw new Error(`dictionary: ${entry.file} no longer says ${literal}`);
        found.add(entry);
        const call = `globalThis.bureaugraphSay(${JSON.stringify(entry.text)}, ${JSON.stringify(entry.chinese)})`;
        code = code.replaceAll(literal, entry.keep ? ">${" + call + "}<" : call);
      }
      return { code, map: null };
    },
    buildEnd(error) {
      const lost = graphiql.filter((entry) => !found.has(entry));
      if (!error && lost.length > 0) throw new Error("dictionary: never met " + lost.map((e) => `${e.file}: ${e.text}`).join("; "));
    },
  };
}

const messages = "virtual:monaco-chinese";

// chineseMonaco gives the module virtual:monaco-chinese, Monaco's own Chinese messages by
// their English, and lets Monaco look them up. Monaco ships the Chinese by number, and
// numbers its English only in its AMD form: the two are joined here.
export function chineseMonaco() {
  let patched = false;
  return {
    name: "chinese-monaco",
    enforce: "pre",
    resolveId: (source) => (source === messages ? "\0" + messages : null),
    load(source) {
      if (source !== "\0" + messages) return null;
      return `export default ${JSON.stringify(chinese())};`;
    },
    transform(code, id) {
      if (!id.split("?")[0].endsWith("/monaco-editor/esm/vs/nls.js")) return null;
      const format = "function _format(message, args) {";
      if (!code.includes(format)) throw new Error("monaco-editor: nls.js has changed; see build/translate.js");
      patched = true;
      return { code: code.replace(format, format + "\n    message = globalThis.bureaugraphMonaco?.[message] ?? message;"), map: null };
    },
    buildEnd(error) {
      if (!error && this.meta.watchMode === false && !patched) throw new Error("monaco-editor: nls.js was never met");
    },
  };
}

function chinese() {
  const read = (name) => readFileSync(require.resolve("monaco-editor/dev/vs/" + name), "utf8");
  const list = JSON.parse(/_VSCODE_NLS_MESSAGES=(\[.*\]);/s.exec(read("nls.messages.zh-cn.js"))[1]);
  const table = {};
  for (const [, number, text] of read("editor/editor.main.js").matchAll(/localize2?\((\d+), ("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)/g)) {
    const english = text.startsWith('"') ? JSON.parse(text) : text.slice(1, -1).replaceAll(/\\(.)/g, "$1");
    if (list[number] && list[number] !== english) table[english] ??= list[number];
  }
  const lost = monaco.filter((text) => !table[text]);
  if (lost.length > 0) throw new Error("monaco-editor: no Chinese for " + lost.join("; "));
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}
