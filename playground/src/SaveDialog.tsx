import { useEffect, useRef, useState } from "react";
import type { Labels } from "./flatten";
import { labelled } from "./labels";
import { save, type SavedOperation } from "./library";
import { language, say } from "./language";
import { looksPersonal } from "./personal";
import { refusal } from "./refusals";

/** Asks under which name and title the query is saved, and saves it. */
export function SaveDialog({ query, operationName, from, variables, close, saved }: {
  query: string;
  operationName: string | null | undefined;
  /** The saved operation that the query began as; undefined for a new one. */
  from: SavedOperation | undefined;
  /** The names of the query's variables. */
  variables: string[];
  close: () => void;
  saved: (operation: SavedOperation) => void;
}) {
  const at = useRef<HTMLDialogElement>(null);
  const [wrong, setWrong] = useState("");
  const [fields, setFields] = useState({
    title: from?.title ?? "", english: from?.english ?? "", name: from?.name ?? "",
    description: from?.description ?? "", tags: from?.tags.join(", ") ?? "", owner: from?.owner ?? "",
  });
  const [labels, setLabels] = useState<Labels>(() => labelled(query, operationName, from?.labels ?? {}));
  useEffect(() => at.current?.showModal(), []);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (looksPersonal(query)) {
      setWrong(say("查询语句中有疑似身份证号或手机号，请改用变量。", "The query holds what looks like a person's number: use a variable."));
      return;
    }
    const operation: SavedOperation = {
      ...fields,
      tags: fields.tags.split(/[,，]/).map((tag) => tag.trim()).filter(Boolean),
      variables: (from?.variables ?? []).filter((hint) => variables.includes(hint.name)),
      labels: Object.fromEntries(Object.entries(labels).map(([place, label]) => [place, label.trim()]).filter(([, label]) => label !== "")),
      query,
    };
    const refused = await save(operation).catch(() => say("无法连接网关。", "The gateway cannot be reached."));
    if (refused === undefined) saved(operation);
    else setWrong(refused);
  };
  const input = (key: keyof typeof fields, label: string, more: React.InputHTMLAttributes<HTMLInputElement> = {}) => (
    <label>
      <span>{label}</span>
      <input type="text" autoComplete="off" value={fields[key]} onChange={(e) => setFields({ ...fields, [key]: e.target.value })} {...more} />
    </label>
  );
  return (
    <dialog ref={at} onClose={close} aria-labelledby="save-title">
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="save-title">{say("保存到查询库", "Save to the library")}</h2>
        <p className="about">{say("只保存查询语句，不保存所填变量的值。", "The query is saved, not the values of its variables.")}</p>
        {input("title", say("标题", "Chinese title"), { required: true })}
        {input("english", say("英文标题", "English title"))}
        {input("name", say("文件名（小写字母、数字、连字符）", "File name (small letters, digits, hyphens)"), { required: true, pattern: "[a-z0-9][a-z0-9\\-]{0,63}" })}
        {input("description", say("说明", "Description"))}
        {input("tags", say("标签（逗号分隔）", "Tags (with commas)"))}
        {input("owner", say("负责科室", "Owner"))}
        {Object.keys(labels).length > 0 && (
          <fieldset className="labels">
            <legend>{say("别名的中文列名", "Chinese headings of aliases")}</legend>
            {Object.entries(labels).map(([place, label]) => (
              <label key={place}>
                <code>{place}</code>
                <input type="text" autoComplete="off" value={label} onChange={(e) => setLabels({ ...labels, [place]: e.target.value })} />
              </label>
            ))}
          </fieldset>
        )}
        {wrong && <Wrong text={wrong} />}
        <div className="dialog-buttons">
          <button type="button" className="quiet" onClick={close}>{say("取消", "Cancel")}</button>
          <button type="submit" className="run">{say("保存", "Save")}</button>
        </div>
      </form>
    </dialog>
  );
}

/** Why it was not saved; what the gateway says stands below its Chinese. */
function Wrong({ text }: { text: string }) {
  const chinese = language() === "zh" ? refusal(text) : undefined;
  return <p className="bad" role="alert">{chinese ?? text}{chinese && <small lang="en">{text}</small>}</p>;
}
