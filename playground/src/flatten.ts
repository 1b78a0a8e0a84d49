import {
  getNamedType, getNullableType, isCompositeType, isEnumType, isLeafType, isListType,
  GraphQLString, Kind, parse, valueFromASTUntyped,
  type FieldNode, type GraphQLEnumType, type GraphQLField, type GraphQLNamedType, type GraphQLSchema, type SelectionSetNode,
} from "graphql";
import { chineseName, englishName, halves } from "./names";

// The tables here are those of the gateway's reports (internal/report), with the same
// columns in the same order under the same headings: what is seen is what a file holds.
// The browser test compares the two over the library.

/** One column of a flattened answer. */
export interface Column {
  /** Unique in its table: the response keys from the root, joined by dots. */
  key: string;
  /** Its heading in Chinese, unique in its table. */
  chinese: string;
  /** Its name in reports: the response keys below the record, joined by dots. */
  english: string;
  /** The GraphQL type of a cell. */
  type: GraphQLNamedType;
  numeric: boolean;
  /** Whether its numbers may be added up over rows: counts and sums, not rates, averages and percentiles. */
  additive: boolean;
  /** The gateway masks such values unless a role may see them. */
  masked: boolean;
  /** An id or a cursor: nothing to draw. */
  opaque: boolean;
  /** The level of the record it is of, among the table's. */
  level: number;
  /** Whether that record has lists of its own: its value stands on each of their rows, and counts once. */
  repeats: boolean;
  /** Of a number that may be withheld: the key of the value beside it that tells whether it is; undefined for others. */
  guard: string | undefined;
}

export type Cell = string | number | boolean | null;

export interface Row {
  /** By the columns' keys. */
  cells: Record<string, Cell | undefined>;
  /** By level: which of its items the row is of, counted from 0; undefined for none. */
  of: (number | undefined)[];
}

/** One list whose items give rows. */
export interface Level {
  /** Its name in reports: response keys below the root's field, joined by dots; empty for the list at the root. */
  name: string;
  chinese: string;
  english: string;
  /** The level of the record it is in; 0 for the table's own list. */
  around: number;
}

/** One list of an answer, flattened. */
export interface Table {
  /** The list's name among those of a report: response keys, joined by a dot. */
  key: string;
  chinese: string;
  english: string;
  columns: Column[];
  /** First what stands around all lists, then each list behind the one it is in. */
  levels: Level[];
  rows: Row[];
  /** How many items of the table's own list are here; each may have several rows. */
  records: number;
  /** How many records the list has, also behind what was asked for; null when they are too many to count, undefined when the query does not ask. */
  total: number | null | undefined;
  /** Whether the answer has null in the place of the list. */
  missing: boolean;
  /** Response keys from the root to the connection whose records the rows are; undefined for a list that has no pages, and for several. */
  page: string[] | undefined;
}

const maskedTypes = new Set(["PersonName", "ResidentNumber", "Phone", "Address"]);
const numericTypes = new Set(["Int", "Float", "Money", "Decimal"]);
const additiveTypes = new Set(["Int", "Money"]); // a Decimal is a rate or an average

/** Stands between several values in one cell. */
const separator = "；";

/** A column before its table is known. */
interface Draft extends Omit<Column, "chinese" | "english" | "level" | "repeats"> {
  /** Place in the selection; the keys of statistics come first. */
  order: number;
  /** Chinese names from the root. */
  words: string[];
  /** Response keys from the root, without those that only wrap records. */
  path: string[];
}

/**
 * The words that an operation has of its own for headings, in Chinese, by place: the
 * response key of a field, with as many of those around it before it, dotted, as tell it
 * from others. What only wraps records is no part of a place. A dimension of statistics has
 * its name as the last word of its place, below that of the groups' keys. Of several labels
 * that fit a field the longest place wins.
 */
export type Labels = Record<string, string>;

/**
 * Whether a field of the name, below the root, only leads from a connection to its records,
 * or from statistics to their groups: it gives no word to headings and is left out of names.
 */
export const wraps = (name: string) => ["nodes", "edges", "node", "groups"].includes(name);

/** One place of an answer. */
interface Part {
  key: string;
  /** Its field's name. */
  name: string;
  /** total is the count of the table's own list: no column, it would be the same in each row. */
  kind: "leaf" | "notes" | "bucket" | "branch" | "total";
  /** Whether its value is a list. */
  list: boolean;
  /** Whether it only leads to records or groups, and gives no word to names. */
  wrapper: boolean;
  words: string[];
  /** How many of its columns' words its table says already. */
  drop: number;
  /** Of a leaf or of notes one, of a bucket one a dimension. */
  columns: Draft[];
  /** Of a branch. */
  parts: Part[];
  /** Of a branch: response keys from the root, without those that only wrap records. */
  path: string[];
  /** Of a branch that is a list, once its table is known: the level of its items. */
  level: number;
}

/** What is inherited on the way down. */
interface Scope {
  words: string[];
  path: string[];
  keys: string[];
  /** What the statistics around are grouped by. */
  groupBy: { value: string; label: string }[];
  /** The key of what tells whether the figures inside are withheld. */
  guard?: string;
}

/** A field of a selection, with what all its occurrences select; one of __typename or of no type has no field. */
interface Chosen {
  node: FieldNode;
  set: SelectionSetNode;
  field: GraphQLField<unknown, unknown>;
}

type Selected = Map<string, Omit<Chosen, "field"> & Partial<Chosen>>;

/**
 * The tables of an answer: one for each list at the root, and one for all that are single
 * there. Lists inside a record become rows of their own, with the record's values repeated
 * on each. Headings are the names that the schema's descriptions give, or labels.
 */
export function flatten(schema: GraphQLSchema, query: string, operationName: string | null | undefined, data: Record<string, unknown>, variables?: unknown, labels: Labels = {}): Table[] {
  const document = parse(query);
  const fragments = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((o) => o.name?.value === operationName) ?? operations[0];
  const root = operation && schema.getRootType(operation.operation);
  if (!root) return [];
  const given: Record<string, unknown> = {
    ...Object.fromEntries((operation.variableDefinitions ?? []).map((v) => [v.variable.name.value, v.defaultValue && valueFromASTUntyped(v.defaultValue)])),
    ...(variables as Record<string, unknown> | undefined),
  };
  const own = new Map(Object.entries(labels));
  const labelAt = (path: string[]) => path.map((_, from) => own.get(path.slice(from).join("."))).find(Boolean);
  let drafts = 0; // made so far

  // fields gives the fields selected on a type by response key; those of fragments on any
  // of an interface's types are taken together.
  function fields(set: SelectionSetNode, type: GraphQLNamedType, into: Selected = new Map()): Selected {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const field = "getFields" in type ? (type.getFields()[selection.name.value] as GraphQLField<unknown, unknown> | undefined) : undefined;
        const seen = into.get(key);
        const below = selection.selectionSet?.selections ?? [];
        if (seen) seen.set = { ...seen.set, selections: [...seen.set.selections, ...below] };
        else into.set(key, { node: selection, set: { kind: Kind.SELECTION_SET, selections: below }, field });
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) continue;
      const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (on && isCompositeType(on)) fields(fragment.selectionSet, on, into);
    }
    return into;
  }

  // words gives each field of a selection its word in headings; "" for those that add none.
  // A field without a label has the name of its description, and its alias in brackets
  // where another field beside it has the same word.
  function words(selected: [string, Chosen][], above: Scope): string[] {
    // An object of which only the name or the count is wanted needs no second word: 镇街, not 镇街 · 名称.
    const alone = above.words.length > 0 && selected.filter(([, { node }]) => node.name.value !== "id").length === 1;
    const found = selected.map(([key, { node, field }]) => {
      const name = node.name.value;
      if (above.path.length > 0 && wraps(name)) return { word: "" };
      const label = labelAt([...above.path, key]);
      if (label !== undefined) return { word: label };
      if (alone && ["name", "totalCount"].includes(name)) return { word: "" };
      return { word: chineseName(field.description) || key, alias: key === name ? undefined : key };
    });
    return found.map(({ word, alias }) => (alias !== undefined && found.filter((other) => other.word === word).length > 1 ? `${word}（${alias}）` : word));
  }

  function parts(selected: Selected, above: Scope): Part[] {
    const found: Part[] = [];
    const wanted = [...selected].filter((one): one is [string, Chosen] => {
      const name = one[1].node.name.value;
      return one[1].field !== undefined && !name.startsWith("__") && name !== "pageInfo";
    });
    const heads = words(wanted, above);
    for (const [i, [key, { node, set, field }]] of wanted.entries()) {
      const name = node.name.value;
      const named = getNamedType(field.type);
      const list = isListType(getNullableType(field.type));
      const wrapper = above.path.length > 0 && wraps(name);
      const within: Scope = {
        words: heads[i] === "" ? above.words : [...above.words, heads[i]],
        path: wrapper ? above.path : [...above.path, key],
        keys: [...above.keys, key],
        groupBy: groupBy(node, field) ?? above.groupBy,
        guard: above.guard,
      };
      const draft = (): Draft => ({
        key: within.keys.join("."), order: ++drafts, words: within.words, path: within.path,
        type: named, numeric: !list && numericTypes.has(named.name), additive: !list && additiveTypes.has(named.name) && !/^(p\d+|year)$/.test(name), masked: maskedTypes.has(named.name), opaque: named.name === "ID" || name === "cursor",
        guard: !list && numericTypes.has(named.name) ? above.guard : undefined,
      });
      const part: Part = { key, name, kind: "branch", list, wrapper, words: within.words, drop: 0, columns: [], parts: [], path: within.path, level: 0 };
      found.push(part);
      if (isLeafType(named)) Object.assign(part, { kind: "leaf", columns: [draft()] });
      else if (list && named.name === "DataIssue") Object.assign(part, { kind: "notes", columns: [draft()] });
      else {
        const inside = fields(set, named);
        if (list && within.groupBy.length > 0 && inside.has("dimension") && (inside.has("label") || inside.has("value"))) {
          Object.assign(part, { kind: "bucket", columns: within.groupBy.map(({ value, label }): Draft => ({
            key: [...within.keys, value].join("."), order: 0, words: [labelAt([...within.path, value]) ?? label], path: [...within.path, value],
            type: GraphQLString, numeric: false, additive: false, masked: false, opaque: false, guard: undefined,
          })) });
        } else part.parts = parts(inside, { ...within, guard: guard(inside, named, within) });
      }
    }
    return found;
  }

  // guard gives what tells whether an object's figures are withheld: its field suppressed,
  // or a count, which is null only then.
  function guard(inside: Selected, type: GraphQLNamedType, { keys, guard }: Scope): string | undefined {
    if (!("getFields" in type) || !("suppressed" in type.getFields())) return guard;
    const found = ["suppressed", "count", "received", "closed", "numerator"].flatMap((name) => [...inside].find(([, { node }]) => node.name.value === name) ?? []);
    return found.length > 0 ? [...keys, found[0]].join(".") : undefined;
  }

  // groupBy gives what a field of statistics is grouped by, with the labels of the schema.
  function groupBy(node: FieldNode, field: GraphQLField<unknown, unknown>): Scope["groupBy"] | undefined {
    const argument = node.arguments?.find((a) => a.name.value === "groupBy");
    const type = getNamedType(field.args.find((a) => a.name === "groupBy")?.type) as GraphQLEnumType | undefined;
    if (!argument || !type) return undefined;
    const names = [valueFromASTUntyped(argument.value, given) ?? []].flat() as string[];
    return [...new Set(names)].map((value) => ({ value, label: halves(type.getValue(value)?.description).chinese || value.toLowerCase().replaceAll("_", " ") }));
  }

  const tables: Table[] = [];
  const single: Part[] = [];
  const selected = fields(operation.selectionSet, root);
  for (const part of parts(selected, { words: [], path: [], keys: [], groupBy: [] })) {
    if (!holdsRecords(part)) {
      single.push(part);
      continue;
    }
    const { field, node } = selected.get(part.key)!;
    const english = node.alias ? part.key : englishName(field!.description) || part.key;
    const at = data[part.key] as Record<string, unknown> | null | undefined;
    // A root object with lists gives a table for each of them, with its own values beside
    // the list's; objects among them (the total of statistics) go to the overview.
    if (part.list) {
      tables.push(table(part.key, part.words[0], english, part, data, at));
      continue;
    }
    const values = part.parts.filter((p) => p.kind !== "branch");
    const lists = part.parts.filter(holdsRecords);
    for (const list of lists) {
      if (lists.length === 1) {
        tables.push(table(part.key, part.words[0], english, { ...part, parts: [...values, list] }, data, at?.[list.key]));
        continue;
      }
      const own = list.wrapper ? list : { ...list, drop: 2 }; // the table's name need not be repeated in each heading
      tables.push(table(`${part.key}.${list.key}`, list.words.at(-1)!, list.wrapper ? english : list.key, { ...part, parts: [...values, own] }, data, at?.[list.key]));
    }
    const objects = part.parts.filter((p) => p.kind === "branch" && !holdsRecords(p));
    if (objects.length > 0) single.push({ ...part, parts: objects, drop: 1 });
  }
  if (single.length > 0) {
    const { columns, levels } = bound(single, 0, "概览", "Overview", true);
    tables.push({ key: "overview", chinese: "概览", english: "Overview", columns, levels, rows: [{ cells: read(single, data, [0]).base, of: [0] }], records: 1, total: undefined, missing: false, page: undefined });
  }
  return tables;
}

// table makes the table of one part at the root; value is the list in the answer.
function table(key: string, chinese: string, english: string, root: Part, data: Record<string, unknown>, value: unknown): Table {
  const part = counted(root);
  const { columns, levels } = bound([part], 1, chinese, english, false);
  const found = read([part], data, [0], levels.map(() => 0));
  const rows = found.rows.map((row) => ({ cells: { ...found.base, ...row.cells }, of: row.of }));
  const own = levels.flatMap((l, level) => (level > 0 && l.around === 0 ? [level] : []));
  const records = own.reduce((sum, level) => sum + new Set(rows.flatMap((row) => row.of[level] ?? [])).size, 0);
  return { key, chinese, english, columns, levels, rows, records, total: totalOf(part, data[part.key]), missing: (value ?? null) === null, page: pageOf(part) };
}

// counted marks the counts of the table's own list, on the way down to it.
function counted(part: Part): Part {
  if (part.list) return part;
  const lists = part.parts.filter(holdsRecords);
  if (lists.length > 1) return part; // several lists, which follow one another
  return { ...part, parts: part.parts.map((p) => (p === lists[0] ? counted(p) : lists[0].list && ["totalCount", "totalCountAtLeast"].includes(p.name) ? { ...p, kind: "total" } : p)) };
}

// pageOf leads to the connection of the table's own list.
function pageOf(part: Part): string[] | undefined {
  if (part.list) return undefined;
  const lists = part.parts.filter(holdsRecords);
  if (lists.length > 1) return undefined;
  if (lists[0].list) return ["nodes", "edges"].includes(lists[0].name) ? [part.key] : undefined;
  const below = pageOf(lists[0]);
  return below && [part.key, ...below];
}

function totalOf(part: Part, value: unknown): Table["total"] {
  if (part.list || value === null || value === undefined) return undefined;
  const object = value as Record<string, unknown>;
  for (const p of part.parts) {
    if (p.kind === "total" && p.name === "totalCount") return object[p.key] as number | null;
    if (p.kind === "branch" && holdsRecords(p)) return totalOf(p, object[p.key]) ?? undefined;
  }
  return undefined;
}

// bound gives the columns of a table, in the order of the selection, with headings that
// differ, and its levels, which it notes in the parts. drop is how many words the table's
// own name takes off them.
function bound(parts: Part[], drop: number, chinese: string, table: string, overview: boolean): { columns: Column[]; levels: Level[] } {
  const levels: Level[] = [{ name: "", chinese, english: table, around: 0 }];
  const collect = (parts: Part[], drop: number, level: number): { draft: Draft; label: string; level: number }[] => parts.flatMap((p) => {
    const less = Math.max(drop, p.drop);
    if (p.kind === "total" || p.kind === "bucket" && overview) return []; // a total is of no group
    if (p.kind !== "branch") return p.columns.map((draft) => ({ draft, level, label: without(draft.words, p.kind === "bucket" ? 0 : less).join(" · ") }));
    if (!p.list) return collect(p.parts, less, level);
    const name = overview ? "" : p.path.slice(1).join(".");
    p.level = levels.push({ name, chinese: without(p.words, less).join(" · "), english: name || table, around: level }) - 1;
    return collect(p.parts, less, p.level);
  });
  const found = collect(parts, drop, 0).sort((a, b) => a.draft.order - b.draft.order)
    .map((column) => ({ ...column, name: (overview ? column.draft.path : without(column.draft.path, 1)).join(".") }));
  const twice = (of: "name" | "label", text: string) => found.filter((column) => column[of] === text).length > 1;
  const columns = found.map(({ draft: { order, words, path, ...column }, level, label, name }) => {
    const english = twice("name", name) ? column.key : name; // such as nodes and edges of one connection
    const repeats = levels.some((l, at) => at > 0 && l.around === level);
    return { ...column, level, repeats, english, chinese: twice("label", label) ? `${label} ${english}` : label };
  });
  return { columns, levels };
}

// without takes the first words off, but never all of them.
const without = (words: string[], drop: number) => (drop < words.length ? words.slice(drop) : words.slice(-1));

// holdsRecords is whether a part has a list below it, even if it is empty now.
const holdsRecords = (part: Part): boolean => part.kind === "branch" && (part.list || part.parts.some(holdsRecords));

// read gives what an object has of its own, and a row for each item of the lists below it.
// of says of which items the object is, items how many each level has had.
function read(parts: Part[], value: Record<string, unknown>, of: Row["of"], items: number[] = []): { base: Row["cells"]; rows: Row[] } {
  const base: Row["cells"] = {};
  const rows: Row[] = [];
  for (const part of parts) {
    const inside = value[part.key];
    if (inside === undefined) continue; // a fragment on another type
    switch (part.kind) {
      case "leaf":
        base[part.columns[0].key] = cell(inside);
        break;
      case "notes":
        base[part.columns[0].key] = inside === null ? null : (inside as Record<string, unknown>[]).map((issue) => [issue.field, issue.rule].filter(Boolean).join(" ")).join(separator);
        break;
      case "bucket":
        for (const bucket of (inside ?? []) as Record<string, unknown>[]) {
          const column = part.columns.find((c) => c.path.at(-1) === bucket.dimension);
          if (column) base[column.key] = cell(bucket.label ?? bucket.value ?? null);
        }
        break;
      case "branch":
        if (inside === null) break;
        if (part.list) {
          for (const item of inside as (Record<string, unknown> | null)[]) {
            if (item === null) continue;
            const its = [...of];
            its[part.level] = items[part.level]++;
            const one = read(part.parts, item, its, items);
            if (one.rows.length === 0) rows.push({ cells: one.base, of: its });
            else for (const row of one.rows) rows.push({ cells: { ...one.base, ...row.cells }, of: row.of });
          }
        } else {
          const one = read(part.parts, inside as Record<string, unknown>, of, items);
          Object.assign(base, one.base);
          for (const row of one.rows) rows.push(row);
        }
    }
  }
  return { base, rows };
}

function cell(value: unknown): Cell {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item) => String(item ?? "")).join(separator);
  return JSON.stringify(value); // of numbers, those that are written otherwise than by their value: 1.50
}

/** A cell as staff read it: labels for enum values, 是 and 否 for flags. */
export function shown(value: Cell | undefined, column: Column, chinese: boolean): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return chinese ? (value ? "是" : "否") : value ? "yes" : "no";
  if (isEnumType(column.type)) {
    const type = column.type;
    return String(value).split(separator).map((name) => {
      const half = halves(type.getValue(name)?.description);
      return (chinese ? half.chinese : half.english) || name;
    }).join(separator);
  }
  return String(value);
}

/** Whether a figure is not there because few persons stand behind it. */
export function withheld({ cells }: Row, { key, guard }: Column): boolean {
  return guard !== undefined && (cells[key] ?? null) === null && (cells[guard] === true || cells[guard] === null);
}

/** A number for charts and sorting; undefined where there is none. */
export function numberOf(value: Cell | undefined): number | undefined {
  if (value === null || value === undefined || value === "" || typeof value === "boolean") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}


/** A level and those around it, the innermost first. */
export function around(levels: Level[], level: number): number[] {
  return level === 0 ? [0] : [level, ...around(levels, levels[level].around)];
}
