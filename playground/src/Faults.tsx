import { useMemo } from "react";
import { useGraphiQL } from "@graphiql/react";
import { isEnumType, isInputObjectType, type GraphQLSchema } from "graphql";
import { complaint, type Names } from "./complaints";
import { faultName } from "./faults";
import type { GatewayError } from "./gateway";
import { language, say } from "./language";
import type { Hint } from "./library";
import { chineseName } from "./names";

/**
 * Errors as staff read them: what kind each is, where, and what is wrong, in Chinese with
 * the gateway's own sentence below it. Errors that read alike are told once.
 */
export function Faults({ errors, hints = [], most, paths = false }: {
  errors: GatewayError[];
  /** How the form asks for the variables. */
  hints?: Hint[];
  /** How many to show; undefined for all. */
  most?: number;
  /** Whether to say in which field of the answer each stands. */
  paths?: boolean;
}) {
  const schema = useGraphiQL((state) => state.schema);
  const names = useMemo(() => namesOf(schema, hints), [schema, hints]);
  const told = new Map(errors.map((error) => {
    const at = error.path === undefined ? error.locations?.[0] : undefined;
    const place = at && say(`第 ${at.line} 行第 ${at.column} 列`, `line ${at.line}, column ${at.column}`);
    const kind = [faultName(error.extensions?.code), place].filter(Boolean).join(say("，", ", "));
    const path = paths && error.path ? error.path.join(".") : undefined;
    return [[kind, error.message, path].join("|"), { kind, path, error }] as const;
  }));
  const shown = [...told].slice(0, most);
  return (
    <ul className="errors">
      {shown.map(([key, { kind, path, error }]) => (
        <li key={key}>
          {language() === "zh" ? <>{kind}：{complaint(error, names)}</> : <>{kind}: {error.message}</>}{path && <> <code>{path}</code></>}
          {language() === "zh" && <small lang="en">{error.message}</small>}
        </li>
      ))}
      {told.size > shown.length && <li>{say(`另有 ${told.size - shown.length} 个错误，见“追踪”。`, `${told.size - shown.length} more: see Trace.`)}</li>}
    </ul>
  );
}

function namesOf(schema: GraphQLSchema | null | undefined, hints: Hint[]): Names {
  const types = Object.values(schema?.getTypeMap() ?? {});
  const systems = schema?.getType("System");
  return {
    variable: (name) => hints.find((hint) => hint.name === name)?.title,
    input: (name) => types.map((type) => (isInputObjectType(type) && chineseName(type.getFields()[name]?.description)) || undefined).find(Boolean),
    system: (name) => (isEnumType(systems) && chineseName(systems.getValue(name)?.description)) || name,
  };
}
