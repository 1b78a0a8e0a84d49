"use strict";

const el = (id) => document.getElementById(id);

// ask sends one operation and gives the status and the answer, parsed.
async function ask(query, variables) {
  const response = await fetch("graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, request: response.headers.get("X-Request-Id"), answer: await response.json() };
}

function say(text, bad) {
  el("status").textContent = text;
  el("status").className = bad ? "bad" : "";
}

async function run() {
  let variables = {};
  try {
    if (el("variables").value.trim() !== "") variables = JSON.parse(el("variables").value);
  } catch {
    say("变量不是有效的 JSON。Variables are not valid JSON.", true);
    return;
  }
  el("run").disabled = true;
  say("正在查询… Running…");
  const started = performance.now();
  try {
    const { status, request, answer } = await ask(el("query").value, variables);
    const took = Math.round(performance.now() - started);
    const errors = (answer.errors ?? []).length;
    el("result").textContent = JSON.stringify(answer, null, 2);
    say(`用时 ${took} 毫秒，${errors === 0 ? "无错误" : errors + " 个错误"} · HTTP ${status} · ${request ?? ""}`, errors > 0);
  } catch {
    say("无法连接网关。The gateway cannot be reached.", true);
  } finally {
    el("run").disabled = false;
  }
}

function show(example) {
  el("query").value = example.query;
  el("variables").value = example.variables ? JSON.stringify(example.variables, null, 2) : "";
}

// node makes an element with text, and with English text behind it.
function node(tag, text, english) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (english) {
    const small = node("span", " " + english);
    small.lang = "en";
    made.append(small);
  }
  return made;
}

async function examples() {
  const list = await (await fetch("playground/queries.json")).json();
  for (const example of list) {
    const button = node("button", example.title, example.english);
    button.type = "button";
    button.addEventListener("click", () => { show(example); run(); });
    const item = document.createElement("li");
    item.append(button);
    el("examples").append(item);
  }
  if (el("query").value === "") show(list[0]);
}

async function systems() {
  const { answer } = await ask("{ systems { name available } }");
  for (const system of answer.data?.systems ?? []) {
    const mark = node("span", `${system.available ? "●" : "○"} ${system.name}${system.available ? "" : "（不可用）"}`);
    if (!system.available) mark.className = "down";
    el("systems").append(mark);
  }
}

const typeName = (t) => t.kind === "NON_NULL" ? typeName(t.ofType) + "!" : t.kind === "LIST" ? `[${typeName(t.ofType)}]` : t.name;

// browser fills the list of types once it is opened.
async function browser() {
  const type = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
  const { answer } = await ask(`{ __schema { types { name kind description
    fields(includeDeprecated: true) { name description type { ${type} } }
    inputFields { name description type { ${type} } }
    enumValues(includeDeprecated: true) { name description } } } }`);
  const types = answer.data.__schema.types.filter((t) => !t.name.startsWith("__"));
  types.sort((a, b) => (b.name === "Query") - (a.name === "Query") || a.name.localeCompare(b.name));
  for (const t of types) el("type").append(new Option(t.name));
  const choose = () => {
    const chosen = types[el("type").selectedIndex];
    el("type-description").textContent = chosen.description ?? "";
    el("fields").replaceChildren();
    for (const f of chosen.fields ?? chosen.inputFields ?? chosen.enumValues ?? []) {
      el("fields").append(node("dt", f.type ? `${f.name}: ${typeName(f.type)}` : f.name), node("dd", f.description ?? ""));
    }
  };
  el("type").addEventListener("change", choose);
  choose();
}

el("run").addEventListener("click", run);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
document.querySelector("details").addEventListener("toggle", browser, { once: true });
examples();
systems().catch(() => say("无法连接网关。The gateway cannot be reached.", true));
