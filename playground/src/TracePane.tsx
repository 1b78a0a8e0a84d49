import { isEnumType, type GraphQLSchema } from "graphql";
import type { Exchange } from "./gateway";
import type { Table } from "./flatten";
import { chineseName, englishName } from "./names";
import { faultName, stateName } from "./faults";
import { language, say } from "./language";
import { weight } from "./weight";

/** How the answer came about: systems and statements, time, masked fields, data issues, errors. */
export function TracePane({ exchange, tables, schema }: { exchange: Exchange; tables: Table[]; schema: GraphQLSchema }) {
  const { answer } = exchange;
  const sources = answer.extensions?.sources;
  const longest = Math.max(1, ...(sources ?? []).map((s) => s.milliseconds));
  const masked = tables.flatMap((t) => t.columns.filter((c) => c.masked));
  const issues = issuesIn(answer.data);
  const name = (type: string, value: string) => {
    const known = schema.getType(type);
    const description = isEnumType(known) ? known.getValue(value)?.description : undefined;
    return (language() === "zh" ? chineseName(description) : englishName(description)) || value;
  };
  const asked = weight(exchange.query, exchange.operationName);
  const others = Object.entries(answer.extensions ?? {}).filter(([key]) => key !== "sources");
  return (
    <div className="scroll trace" tabIndex={0} role="region" aria-label={say("追踪", "Trace")}>
      <dl className="figures">
        <div><dt>{say("总用时", "Time")}</dt><dd>{Math.round(exchange.milliseconds)} <small>{say("毫秒", "ms")}</small></dd></div>
        <div><dt>{say("语句数", "Statements")}</dt><dd>{sources ? sources.reduce((n, s) => n + s.statements, 0) : "—"}</dd></div>
        <div><dt>{say("读取行数", "Rows read")}</dt><dd>{sources ? sources.reduce((n, s) => n + s.rows, 0) : "—"}</dd></div>
        <div><dt>{say("答复大小", "Answer")}</dt><dd>{(exchange.bytes / 1024).toFixed(1)} <small>KB</small></dd></div>
        {asked && <div><dt>{say("查询规模", "Asked for")}</dt><dd>{asked.fields} <small>{say("个字段", "fields")}</small> {asked.depth} <small>{say("层", "deep")}</small></dd></div>}
      </dl>
      <h3>{say("各系统", "Systems")}</h3>
      {sources === undefined && <p className="notice">{say("本网关未开启追踪。", "This gateway does not report its sources.")}</p>}
      {sources?.length === 0 && <p className="notice">{say("本次查询没有访问业务系统。", "No system was asked.")}</p>}
      {sources && sources.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{say("系统", "System")}</th><th scope="col">{say("状态", "State")}</th>
              <th scope="col" className="numeric">{say("语句", "Statements")}</th><th scope="col" className="numeric">{say("行数", "Rows")}</th>
              <th scope="col">{say("用时", "Time")}</th>
              <th scope="col" className="numeric">{say("修复", "Repaired")}</th><th scope="col" className="numeric">{say("置空", "Dropped")}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((s) => (
              <tr key={s.system}>
                <td>{name("System", s.system)}</td>
                <td className={s.status === "OK" ? undefined : "bad"}>{stateName(s.status)}</td>
                <td className="numeric">{s.statements}</td><td className="numeric">{s.rows}</td>
                <td><meter min={0} max={longest} value={s.milliseconds} aria-label={`${s.milliseconds} ms`} /> {s.milliseconds} {say("毫秒", "ms")}</td>
                <td className="numeric">{s.repaired}</td><td className="numeric">{s.dropped}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {answer.errors && answer.errors.length > 0 && (
        <>
          <h3>{say("错误", "Errors")}</h3>
          <ul className="plain">
            {answer.errors.map((e, i) => (
              <li key={i}><strong className="bad">{faultName(e.extensions?.code)}</strong> {e.message} {e.path && <code>{e.path.join(".")}</code>}</li>
            ))}
          </ul>
        </>
      )}
      <h3>{say("脱敏字段", "Masked fields")}</h3>
      {masked.length === 0
        ? <p className="notice">{say("没有涉及个人信息的字段。", "No field with personal data.")}</p>
        : <p className="tags">{masked.map((c) => <span key={c.key}>{say(c.chinese, c.english)}</span>)}</p>}
      <h3>{say("数据问题", "Data issues")}</h3>
      {issues === undefined
        ? <p className="notice">{say("在查询中选上 dataIssues，可查看每条记录的数据质量问题。", "Select dataIssues to see what is wrong with the records' data.")}</p>
        : issues.size === 0
          ? <p className="notice">{say("未发现问题。", "None found.")}</p>
          : <ul className="plain">{[...issues].sort((a, b) => b[1] - a[1]).map(([key, n]) => {
              const [rule, field] = key.split("|");
              return <li key={key}><strong>{n}</strong> {name("DataIssueRule", rule)} <code>{field}</code></li>;
            })}</ul>}
      {others.length > 0 && (
        <>
          <h3>{say("其他", "Other")}</h3>
          <ul className="plain">{others.map(([key, value]) => <li key={key}><code>{key}</code> {JSON.stringify(value)}</li>)}</ul>
        </>
      )}
      <p className="about">HTTP {exchange.status}{exchange.requestId && <> · {say("请求号", "Request")} <code>{exchange.requestId}</code></>}</p>
    </div>
  );
}

// issuesIn counts the data issues of an answer by rule and field; undefined when none were asked for.
function issuesIn(data: unknown): Map<string, number> | undefined {
  let found: Map<string, number> | undefined;
  const walk = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === "object") {
      for (const [key, inside] of Object.entries(value)) {
        if (key !== "dataIssues" || !Array.isArray(inside)) {
          walk(inside);
          continue;
        }
        found ??= new Map();
        for (const issue of inside as { rule?: string; field?: string }[]) {
          const name = `${issue.rule ?? "?"}|${issue.field ?? ""}`;
          found.set(name, (found.get(name) ?? 0) + 1);
        }
      }
    }
  };
  walk(data);
  return found;
}
