import { useMemo, useState } from "react";
import { useGraphiQL } from "@graphiql/react";
import { getNamedType, isEnumType, isIntrospectionType, isUnionType, type GraphQLArgument, type GraphQLNamedType, type GraphQLSchema, type GraphQLType } from "graphql";
import { chineseName, fit, halves } from "./names";
import { language, say } from "./language";

interface Hit {
  type: string;
  field?: string;
  chinese: string;
  rank: number;
}

/** The documentation of the graph: a search over names, Chinese names and pinyin initials, and a page a type. */
export function Docs() {
  const schema = useGraphiQL((state) => state.schema);
  const [typed, setTyped] = useState("");
  const [trail, setTrail] = useState<string[]>(["Query"]);
  const hits = useMemo(() => (schema ? search(schema, typed.trim()) : []), [schema, typed]);
  if (!schema) return <p className="notice">{say("正在读取数据结构…", "Reading the schema…")}</p>;
  const go = (name: string) => {
    setTrail((before) => [...before.filter((n) => n !== name), name]);
    setTyped("");
  };
  const type = schema.getType(trail.at(-1)!);
  return (
    <div className="pane-body">
      <input className="search" type="search" value={typed} onChange={(e) => setTyped(e.target.value)}
        placeholder={say("类型或字段：状态、zt、status", "Type or field: status, 状态, zt")}
        aria-label={say("查找文档", "Search the documentation")} />
      {typed.trim() !== "" ? (
        <ul className="hits" aria-label={say("查找结果", "Results")}>
          {hits.slice(0, 80).map((hit) => (
            <li key={hit.type + "." + hit.field}>
              <button type="button" className="entry" onClick={() => go(hit.type)}>
                <span className="entry-title">{say(hit.chinese || hit.field || hit.type, hit.field ?? hit.type)}</span>
                <code>{hit.field ? `${hit.type}.${hit.field}` : hit.type}</code>
              </button>
            </li>
          ))}
          {hits.length === 0 && <li className="notice">{say("没有找到。", "Nothing found.")}</li>}
        </ul>
      ) : (
        <>
          <nav className="trail" aria-label={say("路径", "Trail")}>
            {trail.slice(-4).map((name, i, all) => i < all.length - 1
              ? <button key={name} type="button" className="link" onClick={() => setTrail(trail.slice(0, trail.indexOf(name) + 1))}>{name}</button>
              : <strong key={name}>{name}</strong>)}
          </nav>
          {type && <TypePage type={type} schema={schema} go={go} />}
        </>
      )}
    </div>
  );
}

function search(schema: GraphQLSchema, typed: string): Hit[] {
  if (typed === "") return [];
  const hits: Hit[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    const own = chineseName(type.description);
    const rank = fit(typed, type.name, own);
    if (rank !== undefined) hits.push({ type: type.name, chinese: own, rank });
    const members = "getFields" in type ? Object.values(type.getFields()) : isEnumType(type) ? type.getValues() : [];
    for (const member of members) {
      const chinese = chineseName(member.description);
      const fits = fit(typed, member.name, chinese);
      if (fits !== undefined) hits.push({ type: type.name, field: member.name, chinese, rank: fits + ("getFields" in type && type.name.endsWith("Filter") ? 0.7 : 0.3) });
    }
  }
  return hits.sort((a, b) => a.rank - b.rank || a.chinese.length - b.chinese.length);
}

const text = (description: string | null | undefined) => {
  const { chinese, english } = halves(description);
  return language() === "zh" ? chinese || english : english || chinese;
};

// What a description says besides the name that already stands above it.
const rest = (description: string | null | undefined) => {
  const whole = text(description);
  const name = language() === "zh" ? chineseName(description) : "";
  return name !== "" && whole.startsWith(name) ? whole.slice(name.length).replace(/^[，。；：]/, "") : whole;
};

function TypePage({ type, schema, go }: { type: GraphQLNamedType; schema: GraphQLSchema; go: (name: string) => void }) {
  const members: readonly { name: string; description?: string | null; type?: GraphQLType; args?: readonly GraphQLArgument[]; deprecationReason?: string | null }[] =
    "getFields" in type ? Object.values(type.getFields()) : isEnumType(type) ? type.getValues() : isUnionType(type) ? type.getTypes() : [];
  const possible = type.astNode === undefined && "getInterfaces" in type ? type.getInterfaces() : [];
  return (
    <article>
      <p className="about">{text(type.description)}</p>
      {possible.length > 0 && <p className="about">{say("实现：", "Implements ")}{possible.map((i) => <TypeLink key={i.name} type={i} go={go} />)}</p>}
      <dl className="members">
        {members.map((member) => (
          <div key={member.name}>
            <dt>
              <span className="member-name">{say(chineseName(member.description) || member.name, member.name)}</span>
              <code>{member.name}{member.args && member.args.length > 0 ? "(…)" : ""}</code>
              {member.type && <TypeLink type={member.type} go={go} />}
            </dt>
            <dd>
              {rest(member.description)}
              {member.deprecationReason && <em className="bad"> {member.deprecationReason}</em>}
              {member.args?.map((argument) => (
                <span key={argument.name} className="argument"><code>{argument.name}</code> <TypeLink type={argument.type} go={go} /> {text(argument.description)}</span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {type.name === "Query" && <p className="about">{say(`共 ${Object.keys(schema.getTypeMap()).filter((n) => !n.startsWith("__")).length} 个类型`, `${Object.keys(schema.getTypeMap()).filter((n) => !n.startsWith("__")).length} types`)}</p>}
    </article>
  );
}

function TypeLink({ type, go }: { type: GraphQLType; go: (name: string) => void }) {
  return <button type="button" className="link type" onClick={() => go(getNamedType(type).name)}>{String(type)}</button>;
}
