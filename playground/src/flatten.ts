import {
  GraphQLString, getNamedType, getNullableType, isCompositeType, isEnumType, isLeafType, isListType, isObjectType,
  Kind, parse, type FieldNode, type GraphQLNamedType, type GraphQLOutputType, type GraphQLSchema, type SelectionSetNode,
} from "graphql";
import type { GraphQLField } from "graphql";
import { chineseName, englishName } from "./names";

/** One column of a flattened answer. */
export interface Column {
  /** Unique in its table: the response keys from the root, joined by dots. */
  key: string;
  chinese: string;
  english: string;
  /** The GraphQL type of a cell. */
  type: GraphQLNamedType;
  numeric: boolean;
  /** The gateway masks such values unless a role may see them. */
  masked: boolean;
  /** Not worth a place unless asked for: ids, cursors. */
  minor: boolean;
}

export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell | undefined>;

/** One list of an answer, flattened. */
export interface Table {
  key: string;
  /** The list's name among those of a report. */
  list: string;
  chinese: string;
  english: string;
  columns: Column[];
  rows: Row[];
  /** Whether the answer has null in the place of the list. */
  missing: boolean;
}

const maskedTypes = new Set(["PersonName", "ResidentNumber", "Phone", "Address"]);
const numericTypes = new Set(["Int", "Float", "Money", "Decimal"]);

interface Names {
  chinese: string[];
  english: string[];
}

type Part =
  | { kind: "leaf"; key: string; column: Column }
  | { kind: "notes"; key: string; column: Column }
  | { kind: "bucket"; key: string; prefix: string }
  | { kind: "branch"; key: string; list: boolean; parts: Part[]; names: Names };

/**
 * The tables of an answer: one for each list at the root, and one for all that are single
 * there. Lists inside a record become rows of their own, with the record's values repeated
 * on each. Headers are the names that the schema's descriptions give.
 */
export function flatten(schema: GraphQLSchema, query: string, operationName: string | null | undefined, data: Record<string, unknown>): Table[] {
  const document = parse(query);
  const fragments = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((o) => o.name?.value === operationName) ?? operations[0];
  const root = operation && schema.getRootType(operation.operation);
  if (!root) return [];

  // fields gives the fields selected on a type by response key; those of fragments on any
  // of an interface's types are taken together.
  function fields(set: SelectionSetNode, type: GraphQLNamedType, into = new Map<string, { node: FieldNode; nodes: FieldNode[]; field?: GraphQLField<unknown, unknown> }>()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const field = "getFields" in type ? (type.getFields()[selection.name.value] as GraphQLField<unknown, unknown> | undefined) : undefined;
        const seen = into.get(key);
        if (seen) seen.nodes.push(selection);
        else into.set(key, { node: selection, nodes: [selection], field });
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) continue;
      const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (on && isCompositeType(on)) fields(fragment.selectionSet, on, into);
    }
    return into;
  }

  function parts(set: SelectionSetNode, type: GraphQLNamedType, path: string, names: Names, columns: Column[]): Part[] {
    const found: Part[] = [];
    const selected = fields(set, type);
    // An object of which only the name or the count is wanted needs no second word: 镇街, not 镇街 · 名称.
    const alone = names.chinese.length > 0 && [...selected.values()].filter(({ node }) => node.name.value !== "id").length === 1;
    for (const [key, { node, nodes, field }] of selected) {
      if (!field || key.startsWith("__") || node.name.value === "pageInfo") continue;
      const named = getNamedType(field.type);
      const list = isList(field.type);
      const own = path === "" ? key : path + "." + key;
      const wrapper = isObjectType(type) && (/(Connection|Edge)$/.test(type.name) && ["nodes", "edges", "node"].includes(node.name.value) || node.name.value === "groups");
      const alias = node.alias && node.alias.value !== node.name.value ? node.alias.value : "";
      const below: Names = wrapper || (alone && ["name", "totalCount"].includes(node.name.value)) ? names : {
        chinese: [...names.chinese, alias || chineseName(field.description) || key],
        english: [...names.english, alias || key],
      };
      const column = (): Column => {
        const made: Column = {
          key: own,
          chinese: below.chinese.join(" · "),
          english: below.english.join(" · "),
          type: named,
          numeric: !list && numericTypes.has(named.name),
          masked: maskedTypes.has(named.name),
          // A count beside its own list would be repeated on every row.
          minor: named.name === "ID" || node.name.value === "cursor" || (node.name.value.startsWith("totalCount") && (selected.has("nodes") || selected.has("edges"))),
        };
        columns.push(made);
        return made;
      };
      if (isLeafType(named)) found.push({ kind: "leaf", key, column: column() });
      else if (list && named.name === "DataIssue") found.push({ kind: "notes", key, column: column() });
      else {
        const merged: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: nodes.flatMap((n) => n.selectionSet?.selections ?? []) };
        const inside = fields(merged, named);
        if (list && inside.has("dimension") && (inside.has("label") || inside.has("value"))) found.push({ kind: "bucket", key, prefix: own });
        else found.push({ kind: "branch", key, list, parts: parts(merged, named, own, below, columns), names: below });
      }
    }
    return found;
  }

  const tables: Table[] = [];
  const single: Table = { key: "", list: "overview", chinese: "概览", english: "Overview", columns: [], rows: [], missing: false };
  const summary: Row = {};
  for (const [key, { node, nodes, field }] of fields(operation.selectionSet, root)) {
    if (!field || key.startsWith("__")) continue;
    const names = {
      chinese: node.alias ? key : chineseName(field.description) || key,
      english: node.alias ? key : englishName(field.description) || key,
    };
    const columns: Column[] = [];
    const set: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: nodes };
    const [part] = parts(set, root, "", { chinese: [], english: [] }, columns);
    if (!part) continue;
    if (part.kind !== "branch" || !holdsRecords(part)) {
      single.columns.push(...columns);
      Object.assign(summary, read([part], data, []).base);
      continue;
    }
    // A root object with lists gives a table for each of them, with its own values beside
    // the list's; objects among them (the total of statistics) go to the overview.
    const lists = part.list ? [part] : part.parts.filter(holdsRecords);
    const values = part.list ? [] : part.parts.filter((p) => p.kind !== "branch");
    const objects = part.list ? [] : part.parts.filter((p) => p.kind === "branch" && !holdsRecords(p));
    const among = (chosen: Part[], column: Column) => chosen.some((p) => {
      const start = p === part ? part.key : `${part.key}.${p.key}`;
      return column.key === start || column.key.startsWith(start + ".");
    });
    for (const list of lists) {
      const dimensions: Column[] = [];
      const { base, rows } = read([part.list ? part : { ...part, parts: [...values, list] }], data, dimensions);
      const several = lists.length > 1 && list.kind === "branch";
      const own = columns.filter((column) => among([...values, list], column)).map((column) => {
        // The table's name need not be repeated in each header.
        const less = several && among([list], column) ? 2 : 1;
        return { ...column, chinese: without(column.chinese, less), english: without(column.english, less) };
      });
      tables.push({
        key: several ? `${part.key}.${list.key}` : part.key,
        list: part.list || ["nodes", "edges"].includes(list.key) ? part.key : `${part.key}.${list.key}`,
        chinese: several ? list.names.chinese.at(-1)! : names.chinese,
        english: several ? list.names.english.at(-1)! : names.english,
        columns: [...dimensions, ...own],
        rows: rows.map((row) => ({ ...base, ...row })),
        missing: (data[part.key] ?? null) === null || !part.list && ((data[part.key] as Record<string, unknown>)[list.key] ?? null) === null,
      });
    }
    if (objects.length > 0) {
      single.columns.push(...columns.filter((column) => among(objects, column)).map((column) => ({ ...column, chinese: without(column.chinese, 1), english: without(column.english, 1) })));
      Object.assign(summary, read([{ ...part, parts: objects }], data, []).base);
    }
  }
  if (single.columns.length > 0) {
    single.rows.push(summary);
    tables.push(single);
  }
  return tables;
}

// without takes the first words off a header, but never all of them.
const without = (header: string, words: number) => header.split(" · ").slice(words).join(" · ") || header.split(" · ").at(-1)!;

function isList(type: GraphQLOutputType): boolean {
  const nullable = getNullableType(type);
  return isListType(nullable);
}

// holdsRecords is whether a part has a list below it, even if it is empty now.
const holdsRecords = (part: Part): boolean => part.kind === "branch" && (part.list || part.parts.some(holdsRecords));

function read(parts: Part[], value: Record<string, unknown>, dimensions: Column[]): { base: Row; rows: Row[] } {
  const base: Row = {};
  const rows: Row[] = [];
  for (const part of parts) {
    const inside = value[part.key];
    if (inside === undefined) continue; // a fragment on another type
    switch (part.kind) {
      case "leaf":
        base[part.column.key] = cell(inside);
        break;
      case "notes":
        base[part.column.key] = inside === null ? null : (inside as Record<string, unknown>[]).map((issue) => [issue.field, issue.rule].filter(Boolean).join(" ")).join("; ");
        break;
      case "bucket":
        for (const bucket of (inside ?? []) as Record<string, unknown>[]) {
          const key = `${part.prefix}.${bucket.dimension}`;
          if (!dimensions.some((column) => column.key === key)) dimensions.push(dimension(key, String(bucket.dimension)));
          base[key] = cell(bucket.label ?? bucket.value ?? null);
        }
        break;
      case "branch":
        if (inside === null) break;
        if (part.list) {
          for (const item of inside as (Record<string, unknown> | null)[]) {
            if (item === null) continue;
            const one = read(part.parts, item, dimensions);
            if (one.rows.length === 0) rows.push(one.base);
            else rows.push(...one.rows.map((row) => ({ ...one.base, ...row })));
          }
        } else {
          const one = read(part.parts, inside as Record<string, unknown>, dimensions);
          Object.assign(base, one.base);
          rows.push(...one.rows);
        }
    }
  }
  return { base, rows };
}

const dimensionNames: Record<string, string> = {
  TOWN: "镇街", DEPARTMENT: "部门", STATUS: "状态", OUTCOME: "结果", RESULT: "结果", KIND: "类型", TYPE: "类型", CHANNEL: "渠道",
  YEAR: "年度", QUARTER: "季度", MONTH: "月份", WEEK: "周", DAY: "日期", SYSTEM: "系统", FORM: "形式", CAUSE: "事项", SOURCE: "来源",
};

function dimension(key: string, name: string): Column {
  const text = name.toLowerCase().replaceAll("_", " ");
  return { key, chinese: dimensionNames[name] ?? text, english: text, type: GraphQLString, numeric: false, masked: false, minor: false };
}

function cell(value: unknown): Cell {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item) => String(item ?? "")).join("、");
  return JSON.stringify(value);
}

/** A cell as staff read it: labels for enum values, 是 and 否 for flags. */
export function shown(value: Cell | undefined, column: Column, chinese: boolean): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return chinese ? (value ? "是" : "否") : value ? "yes" : "no";
  if (isEnumType(column.type)) {
    const type = column.type;
    return String(value).split("、").map((name) => {
      const description = type.getValue(name)?.description;
      return (chinese ? chineseName(description) : englishName(description)) || name;
    }).join("、");
  }
  return String(value);
}

/** A number for charts and sorting; undefined where there is none. */
export function numberOf(value: Cell | undefined): number | undefined {
  if (value === null || value === undefined || value === "" || typeof value === "boolean") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

