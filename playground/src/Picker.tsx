import { useMemo, useState } from "react";
import { useGraphiQL } from "@graphiql/react";
import type { GraphQLNamedType } from "graphql";
import { chineseName, fit, halves } from "./names";
import { choices, operationIn, selects, toggled, type Choice } from "./selection";
import { say } from "./language";

/** The field picker: the graph as a tree with Chinese names; a tick adds or removes a field. */
export function Picker({ text }: { text: string }) {
  const schema = useGraphiQL((state) => state.schema);
  const editor = useGraphiQL((state) => state.queryEditor);
  const name = useGraphiQL((state) => state.operationName);
  const [typed, setTyped] = useState("");
  const found = useMemo(() => operationIn(text, name), [text, name]);
  const query = schema?.getQueryType();
  if (!schema || !query) return <p className="notice">{say("正在读取数据结构…", "Reading the schema…")}</p>;
  return (
    <div className="pane-body">
      <input className="search" type="search" value={typed} onChange={(e) => setTyped(e.target.value)}
        placeholder={say("中文名、拼音首字母或字段名", "Name, Chinese, pinyin initials")}
        aria-label={say("筛选字段", "Filter fields")} />
      {!found && <p className="notice bad">{say("查询语句有语法错误，改正后才能勾选。", "The query does not parse; correct it to tick fields.")}</p>}
      <Branch type={query} path={[]} depth={0} typed={typed.trim()}
        ticked={(path) => selects(found?.operation?.selectionSet, path)}
        toggle={found && ((path) => editor?.setValue(toggled(schema, text, name, path)))} />
    </div>
  );
}

interface BranchProps {
  type: GraphQLNamedType;
  path: string[];
  depth: number;
  typed: string;
  ticked: (path: string[]) => boolean;
  toggle: ((path: string[]) => void) | undefined;
}

// What a search looks through below a field that is not open: its own fields.
function reaches(choice: Choice, typed: string, depth: number): boolean {
  if (fit(typed, choice.field.name, chineseName(choice.field.description)) !== undefined) return true;
  return depth > 0 && !choice.leaf && choices(choice.type).some((below) => reaches(below, typed, depth - 1));
}

function Branch({ type, path, depth, typed, ticked, toggle }: BranchProps) {
  const shown = useMemo(() => {
    const fit = choices(type).filter((c) => typed === "" || reaches(c, typed, depth < 2 ? 1 - depth : 0));
    return depth > 0 ? fit : fit.sort((a, b) => Number(b.list) - Number(a.list)); // the lists of records first
  }, [type, typed, depth]);
  return (
    <ul className="tree">
      {shown.map((choice) => <Twig key={choice.path.join(".")} choice={choice} path={[...path, ...choice.path]} depth={depth} typed={typed} ticked={ticked} toggle={toggle} />)}
    </ul>
  );
}

function Twig({ choice, path, depth, typed, ticked, toggle }: Omit<BranchProps, "type"> & { choice: Choice }) {
  const on = ticked(path);
  const [opened, setOpened] = useState<boolean>();
  const open = opened ?? (!choice.leaf && (on || (typed !== "" && depth === 0)));
  const { field } = choice;
  const name = chineseName(field.description);
  const self = typed !== "" && fit(typed, field.name, name) !== undefined;
  const label = say(name || field.name, field.name);
  return (
    <li>
      <div className="twig" title={halves(field.description).chinese || field.description || undefined}>
        {choice.leaf
          ? <span className="no-arrow" />
          : <button type="button" className="arrow" aria-expanded={open} aria-label={say(`展开${label}`, `Expand ${label}`)} onClick={() => setOpened(!open)}>{open ? "▾" : "▸"}</button>}
        <label>
          <input type="checkbox" checked={on} disabled={!toggle} onChange={() => toggle?.(path)} />
          <span>
            {label}
            {label !== field.name && <code>{field.name}</code>}
            {label === field.name && name && <span className="twig-note">{name}</span>}
          </span>
        </label>
      </div>
      {open && !choice.leaf && depth < 8 && <Branch type={choice.type} path={path} depth={depth + 1} typed={self ? "" : typed} ticked={ticked} toggle={toggle} />}
    </li>
  );
}
