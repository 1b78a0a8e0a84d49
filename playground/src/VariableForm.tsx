import { useGraphiQLActions } from "@graphiql/react";
import { getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, typeFromAST, valueFromASTUntyped, type GraphQLSchema, type GraphQLType, type NamedTypeNode } from "graphql";
import type { Hint } from "./library";
import { operationIn } from "./selection";
import { chineseName } from "./names";
import { say } from "./language";

interface Variable {
  name: string;
  type: GraphQLType;
  preset: unknown;
}

/** The variables of the operation as form fields; hints give them titles. */
export function variablesIn(schema: GraphQLSchema | null | undefined, text: string, name: string | null | undefined): Variable[] {
  const operation = schema && operationIn(text, name)?.operation;
  return (operation?.variableDefinitions ?? []).flatMap((v) => {
    const type = typeFromAST(schema!, v.type as NamedTypeNode) as GraphQLType | undefined;
    return type ? [{ name: v.variable.name.value, type, preset: v.defaultValue && valueFromASTUntyped(v.defaultValue) }] : [];
  });
}

/** A form over the variables' JSON: what is typed here is written there. */
export function VariableForm({ variables, values, set, hints }: {
  variables: Variable[];
  /** The variables now; undefined when their JSON does not parse. */
  values: Record<string, unknown> | undefined;
  set: (values: Record<string, unknown>) => void;
  hints: Hint[];
}) {
  const { run } = useGraphiQLActions();
  if (!values) return <p className="notice bad">{say("变量不是有效的 JSON，请先在“JSON”中改正。", "The variables are no valid JSON; correct them under JSON first.")}</p>;
  const change = (name: string, value: unknown) => {
    const next = { ...values };
    if (value === undefined) delete next[name];
    else next[name] = value;
    set(next);
  };
  return (
    <form className="variables" onSubmit={(event) => { event.preventDefault(); void run(); }}>
      {variables.map((variable) => {
        const hint = hints.find((h) => h.name === variable.name);
        const required = isNonNullType(variable.type) && variable.preset === undefined;
        return (
          <label key={variable.name}>
            <span>{say(hint?.title ?? variable.name, hint?.english ?? variable.name)}{required && <em className="bad" title={say("必填", "required")}> *</em>} <code>${variable.name}</code></span>
            <Field variable={variable} value={values[variable.name]} change={(value) => change(variable.name, value)} />
          </label>
        );
      })}
      <button type="submit" className="visually-hidden" tabIndex={-1}>{say("执行", "Run")}</button>
    </form>
  );
}

function Field({ variable, value, change }: { variable: Variable; value: unknown; change: (value: unknown) => void }) {
  const type = getNullableType(variable.type);
  const preset = variable.preset === undefined ? "" : String(variable.preset);
  const member = isListType(type) ? getNullableType(type.ofType) : undefined;
  const choice = isEnumType(type) ? type : isEnumType(member) ? member : undefined;
  if (choice || String(type) === "Boolean") {
    const options = choice
      ? choice.getValues().map((v) => ({ value: v.name, label: say(chineseName(v.description) || v.name, v.name) }))
      : [{ value: "true", label: say("是", "yes") }, { value: "false", label: say("否", "no") }];
    return (
      <select value={value === undefined || value === null ? "" : String(value)}
        onChange={(e) => change(e.target.value === "" ? undefined : member ? [e.target.value] : choice ? e.target.value : e.target.value === "true")}>
        <option value="">{say("不限", "any")}</option>
        {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
      </select>
    );
  }
  if (isInputObjectType(type) || isListType(type)) {
    return <input type="text" readOnly value={value === undefined ? "" : JSON.stringify(value)} placeholder={say("在“JSON”中填写", "fill in under JSON")} />;
  }
  if (String(type) === "Int" || String(type) === "Float") {
    return <input type="number" value={typeof value === "number" ? value : ""} placeholder={preset} onChange={(e) => change(e.target.value === "" ? undefined : Number(e.target.value))} />;
  }
  return <input type={String(type) === "Date" ? "date" : "text"} autoComplete="off" value={typeof value === "string" ? value : ""} placeholder={preset} onChange={(e) => change(e.target.value === "" ? undefined : e.target.value)} />;
}
