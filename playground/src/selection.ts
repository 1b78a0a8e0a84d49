import {
  getNamedType, isCompositeType, isLeafType, isObjectType, isRequiredArgument, Kind, parse, print,
  type DocumentNode, type FieldNode, type GraphQLField, type GraphQLNamedType, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionNode, type SelectionSetNode, type TypeNode,
} from "graphql";

/** What the field picker shows below a type: its fields, with connections seen through. */
export interface Choice {
  field: GraphQLField<unknown, unknown>;
  /** Response path from the parent: ["nodes", "number"] inside a connection. */
  path: string[];
  type: GraphQLNamedType;
  /** Whether it is a value itself and not an object with more choices. */
  leaf: boolean;
  /** Whether it is a list of records, in pages. */
  list: boolean;
}

const isConnection = (type: GraphQLNamedType) => isObjectType(type) && type.name.endsWith("Connection") && "nodes" in type.getFields();

/** The choices below a type. Those of a connection are its records' and its own count. */
export function choices(type: GraphQLNamedType): Choice[] {
  if (!("getFields" in type)) return [];
  const fields = Object.values(type.getFields()) as GraphQLField<unknown, unknown>[];
  const choice = (field: GraphQLField<unknown, unknown>, path: string[]): Choice => {
    const named = getNamedType(field.type);
    return { field, path, type: named, leaf: isLeafType(named), list: isConnection(named) };
  };
  if (!isConnection(type)) return fields.map((field) => choice(field, [field.name]));
  const nodes = fields.find((field) => field.name === "nodes")!;
  const own = fields.filter((field) => isLeafType(getNamedType(field.type))).map((field) => choice(field, [field.name]));
  return [...own, ...choices(getNamedType(nodes.type)).map((c) => ({ ...c, path: ["nodes", ...c.path] }))];
}

/** The operation that the picker edits: the named one, else the first; undefined in text that does not parse. */
export function operationIn(text: string, name?: string | null): { document: DocumentNode; operation: OperationDefinitionNode | undefined } | undefined {
  try {
    if (text.replaceAll(/#.*/g, "").trim() === "") return { document: { kind: Kind.DOCUMENT, definitions: [] }, operation: undefined };
    const document = parse(text);
    const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
    return { document, operation: operations.find((o) => o.name?.value === name) ?? operations[0] };
  } catch {
    return undefined;
  }
}

/** Whether the operation selects the path. */
export function selects(set: SelectionSetNode | undefined, path: string[]): boolean {
  if (path.length === 0) return true;
  const field = find(set, path[0]);
  return field !== undefined && selects(field.selectionSet, path.slice(1));
}

const find = (set: SelectionSetNode | undefined, name: string): FieldNode | undefined =>
  set?.selections.find((s): s is FieldNode => s.kind === Kind.FIELD && s.name.value === name);

/**
 * The text with the path added to its operation or taken out of it. An object comes with
 * the fields that name it; an argument that must be given becomes a variable; what is left
 * empty goes too.
 */
export function toggled(schema: GraphQLSchema, text: string, name: string | null | undefined, path: string[]): string {
  const found = operationIn(text, name);
  const query = schema.getQueryType();
  if (!found || !query) return text;
  const operation = found.operation ?? ({ kind: Kind.OPERATION_DEFINITION, operation: "query", selectionSet: { kind: Kind.SELECTION_SET, selections: [] } } as unknown as OperationDefinitionNode);
  const variables: { name: string; type: TypeNode }[] = [];
  const taken = selects(operation.selectionSet, path);
  const selectionSet = taken ? without(operation.selectionSet, path) : withPath(operation.selectionSet, path, query, variables);
  const known = new Set(operation.variableDefinitions?.map((v) => v.variable.name.value));
  const changed: OperationDefinitionNode = {
    ...operation,
    selectionSet: selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] },
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []),
      ...variables.filter((v) => !known.has(v.name)).map((v) => ({
        kind: Kind.VARIABLE_DEFINITION as const, type: v.type,
        variable: { kind: Kind.VARIABLE as const, name: { kind: Kind.NAME as const, value: v.name } },
      })),
    ],
  };
  const used = print(changed.selectionSet);
  const kept = changed.variableDefinitions!.filter((v) => new RegExp(`\\$${v.variable.name.value}\\b`).test(used) || known.has(v.variable.name.value) && !taken);
  const rest = found.document.definitions.map((d) => (d === found.operation ? { ...changed, variableDefinitions: kept } : d));
  const definitions = found.operation ? rest : [{ ...changed, variableDefinitions: kept }];
  return definitions.filter((d) => !("selectionSet" in d) || d.selectionSet.selections.length > 0).map((d) => print(d)).join("\n\n");
}

function without(set: SelectionSetNode, path: string[]): SelectionSetNode | undefined {
  const selections = set.selections.flatMap((s): SelectionNode[] => {
    if (s.kind !== Kind.FIELD || s.name.value !== path[0]) return [s];
    if (path.length === 1) return [];
    const inside = s.selectionSet && without(s.selectionSet, path.slice(1));
    return inside ? [{ ...s, selectionSet: inside }] : [];
  });
  return selections.length > 0 ? { ...set, selections } : undefined;
}

function withPath(set: SelectionSetNode | undefined, path: string[], type: GraphQLNamedType, variables: { name: string; type: TypeNode }[]): SelectionSetNode {
  const selections = [...(set?.selections ?? [])];
  const field = "getFields" in type ? (type.getFields()[path[0]] as GraphQLField<unknown, unknown> | undefined) : undefined;
  if (!field) return { kind: Kind.SELECTION_SET, selections };
  const named = getNamedType(field.type);
  const at = selections.findIndex((s) => s.kind === Kind.FIELD && s.name.value === path[0]);
  const there = at >= 0 ? (selections[at] as FieldNode) : undefined;
  let inside = there?.selectionSet;
  if (path.length > 1) inside = withPath(inside, path.slice(1), named, variables);
  else if (isCompositeType(named)) inside = usualSet(named);
  const made: FieldNode = there ? { ...there, selectionSet: inside } : { ...fieldNode(field, variables), selectionSet: inside };
  if (at >= 0) selections[at] = made;
  else selections.push(made);
  return { kind: Kind.SELECTION_SET, selections };
}

function usualSet(type: GraphQLNamedType): SelectionSetNode {
  const nodes = isConnection(type) && "getFields" in type ? getNamedType(type.getFields().nodes.type) : undefined;
  const selections = nodes ? [{ ...leaf("nodes"), selectionSet: usualSet(nodes) }] : usual(type).map(leaf);
  return { kind: Kind.SELECTION_SET, selections };
}

/** The fields that say what a record is, for somebody who has not chosen any. */
export function usual(type: GraphQLNamedType): string[] {
  if (!("getFields" in type)) return ["__typename"];
  const fields = type.getFields();
  const leaves = Object.values(fields).filter((f) => isLeafType(getNamedType(f.type))).map((f) => f.name);
  const known = ["number", "title", "receivedOn", "statusLabel", "code", "name"].filter((name) => leaves.includes(name));
  if (known.length > 0) return known.slice(0, 4);
  return leaves.length > 0 ? leaves.filter((name) => name !== "id").slice(0, 3) : ["__typename"];
}

function leaf(name: string): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}

function fieldNode(field: GraphQLField<unknown, unknown>, variables: { name: string; type: TypeNode }[]): FieldNode {
  const required = field.args.filter(isRequiredArgument);
  for (const argument of required) {
    const type = parse(`query ($v: ${argument.type}) { __typename }`).definitions[0] as OperationDefinitionNode;
    variables.push({ name: argument.name, type: type.variableDefinitions![0].type });
  }
  const first = field.args.find((a) => a.name === "first" && getNamedType(field.type).name.endsWith("Connection"));
  return {
    ...leaf(field.name),
    arguments: [
      ...(first ? [{ kind: Kind.ARGUMENT as const, name: { kind: Kind.NAME as const, value: "first" }, value: { kind: Kind.INT as const, value: "20" } }] : []),
      ...required.map((a) => ({
        kind: Kind.ARGUMENT as const, name: { kind: Kind.NAME as const, value: a.name },
        value: { kind: Kind.VARIABLE as const, name: { kind: Kind.NAME as const, value: a.name } },
      })),
    ],
  };
}
