import { useMemo, useState } from "react";
import type { SavedOperation } from "./library";
import { fit } from "./names";
import { say } from "./language";

/** The library of saved operations, by tag, searchable by title and pinyin initials. */
export function Library({ operations, failed, open, chosen }: {
  operations: SavedOperation[];
  failed: boolean;
  open: (operation: SavedOperation) => void;
  chosen: string | undefined;
}) {
  const [typed, setTyped] = useState("");
  const found = useMemo(
    () => operations.filter((o) => fit(typed.trim(), o.english, o.title) !== undefined || o.tags.some((tag) => fit(typed.trim(), tag, tag) !== undefined)),
    [operations, typed],
  );
  const groups = new Map<string, SavedOperation[]>();
  for (const o of found) {
    const tag = o.tags[0] ?? say("其他", "Other");
    groups.set(tag, [...(groups.get(tag) ?? []), o]);
  }
  return (
    <div className="pane-body">
      <input className="search" type="search" value={typed} onChange={(e) => setTyped(e.target.value)}
        placeholder={say("名称、标签或拼音首字母", "Name, tag, pinyin initials")}
        aria-label={say("查找常用查询", "Find a saved query")} />
      {failed && <p className="notice bad">{say("查询库暂时无法读取。", "The library cannot be read now.")}</p>}
      {found.length === 0 && !failed && <p className="notice">{say("没有符合的查询。", "Nothing fits.")}</p>}
      {[...groups].map(([tag, members]) => (
        <details key={tag} className="group" open>
          <summary><h3>{say(tag.split(" · ")[0], tag.split(" · ").at(-1)!)}</h3> <small>{members.length}</small></summary>
          <ul>
            {members.map((o) => (
              <li key={o.name}>
                <button type="button" className="entry" aria-current={o.name === chosen || undefined} onClick={() => open(o)} title={o.description}>
                  <span className="entry-title">{say(o.title, o.english)}</span>
                  <span className="entry-note">{say(o.description, o.title)}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}
