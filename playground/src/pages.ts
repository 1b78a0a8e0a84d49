import { Kind, parse, print, visit, type DocumentNode, type FieldNode, type SelectionNode, type SelectionSetNode } from "graphql";
import { wraps } from "./flatten";

// A list answers as far as its first goes, and a query need not ask whether it goes on. So
// the page asks with every query, as the gateway's files do, and takes the question out of
// the answer again: a part is never shown as the whole.

/** The key under which a list is asked whether it goes on. */
const key = "reportPage";

/** A list of an answer that goes on behind what was read. */
export interface Open {
  /** Response keys from the root. */
  path: string[];
  /** How many lists of this place go on; more than one inside records. */
  lists: number;
  /** Of the last record that was read, where there is one such list. */
  cursor: string | undefined;
}

interface Info { hasNextPage?: boolean; endCursor?: string | null }

const name = (value: string) => ({ kind: Kind.NAME as const, value });
const field = (of: string, alias?: string, selections?: SelectionNode[]): FieldNode => ({
  kind: Kind.FIELD, name: name(of), ...(alias && { alias: name(alias) }), ...(selections && { selectionSet: { kind: Kind.SELECTION_SET as const, selections } }),
});
const question = field("pageInfo", key, [field("hasNextPage"), field("endCursor")]);

/** The query with every list asked whether it goes on; undefined for one that does not parse or asks so itself. */
export function marked(query: string): string | undefined {
  if (query.includes(key)) return undefined;
  try {
    return print(withMarks(parse(query)));
  } catch {
    return undefined;
  }
}

function withMarks(document: DocumentNode): DocumentNode {
  const connections = new Set(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION && d.typeCondition.name.value.endsWith("Connection") ? [d.name.value] : [])));
  const holds = (set: SelectionSetNode): boolean => set.selections.some((s) =>
    s.kind === Kind.FIELD ? ["nodes", "edges"].includes(s.name.value) : s.kind === Kind.INLINE_FRAGMENT ? holds(s.selectionSet) : connections.has(s.name.value));
  return visit(document, {
    Field: { leave: (node) => (node.selectionSet && holds(node.selectionSet) ? { ...node, selectionSet: { ...node.selectionSet, selections: [...node.selectionSet.selections, question] } } : undefined) },
  });
}

/** Takes the questions out of an answer's data, and gives the lists that go on. */
export function taken(data: unknown): Open[] {
  const open = new Map<string, Open>();
  const walk = (value: unknown, path: string[]) => {
    if (Array.isArray(value)) return value.forEach((item) => walk(item, path));
    if (value === null || typeof value !== "object") return;
    const object = value as Record<string, unknown>;
    const info = object[key] as Info | null | undefined;
    delete object[key];
    if (info?.hasNextPage) {
      const at = path.join(".");
      const seen = open.get(at);
      if (seen) Object.assign(seen, { lists: seen.lists + 1, cursor: undefined });
      else open.set(at, { path, lists: 1, cursor: info.endCursor ?? undefined });
    }
    for (const [inside, below] of Object.entries(object)) walk(below, [...path, inside]);
  };
  walk(data, []);
  return [...open.values()];
}

/** A place of an answer as reports name it: without what only leads to records. */
export const placeOf = (path: string[]): string => path.filter((word, i) => i === 0 || !wraps(word)).join(".");

/** The variables of a query of one page. */
export const page = { first: "reportFirst", after: "reportAfter" };

/** The query of one list's next page: nothing but that list, its count left out. */
export function nextPage(query: string, operationName: string | null | undefined, path: string[]): { query: string; variables: string[] } {
  const document = withMarks(parse(query));
  const fragments = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((o) => o.name?.value === operationName) ?? operations[0];
  const variable = (of: string) => ({ kind: Kind.VARIABLE as const, name: name(of) });
  const only = (set: SelectionSetNode, [step, ...rest]: string[]): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((s): SelectionNode[] => {
      if (s.kind === Kind.FIELD) {
        if ((s.alias ?? s.name).value !== step || !s.selectionSet) return [];
        if (rest.length > 0) return [{ ...s, selectionSet: only(s.selectionSet, rest) }];
        return [{
          ...s,
          arguments: [
            ...(s.arguments ?? []).filter((a) => !["first", "after", "last", "before"].includes(a.name.value)),
            { kind: Kind.ARGUMENT, name: name("first"), value: variable(page.first) }, { kind: Kind.ARGUMENT, name: name("after"), value: variable(page.after) },
          ],
          selectionSet: { ...s.selectionSet, selections: s.selectionSet.selections.filter((own) => own.kind !== Kind.FIELD || !/^totalCount/.test(own.name.value)) },
        }];
      }
      const fragment = s.kind === Kind.FRAGMENT_SPREAD ? fragments.get(s.name.value) : s;
      const inside = fragment && only(fragment.selectionSet, [step, ...rest]);
      return inside && inside.selections.length > 0 ? [{ kind: Kind.INLINE_FRAGMENT, typeCondition: fragment.typeCondition, directives: s.directives, selectionSet: inside }] : [];
    }),
  });
  const selectionSet = only(operation.selectionSet, path);
  const spread = new Set<string>();
  const gather = (set: SelectionSetNode) => visit(set, {
    FragmentSpread: ({ name: { value } }) => {
      if (spread.has(value)) return;
      spread.add(value);
      const fragment = fragments.get(value);
      if (fragment) gather(fragment.selectionSet);
    },
  });
  gather(selectionSet);
  const kept = [...fragments.values()].filter((f) => spread.has(f.name.value));
  const used = new Set<string>();
  for (const node of [selectionSet, ...kept.map((f) => f.selectionSet), ...(operation.directives ?? [])]) visit(node, { Variable: ({ name: { value } }) => void used.add(value) });
  const own = (operation.variableDefinitions ?? []).filter((v) => used.has(v.variable.name.value));
  const typed = (of: string, type: string) => ({ kind: Kind.VARIABLE_DEFINITION as const, variable: variable(of), type: { kind: Kind.NAMED_TYPE as const, name: name(type) } });
  return {
    query: print({ kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet, variableDefinitions: [...own, typed(page.first, "Int"), typed(page.after, "String")] }, ...kept] }),
    variables: own.map((v) => v.variable.name.value),
  };
}

/** Data with the records of a page behind those at a path. */
export function joined(data: unknown, more: unknown, [step, ...rest]: string[]): unknown {
  const [object, next] = [data as Record<string, unknown>, more as Record<string, unknown>];
  if (step !== undefined) return { ...object, [step]: joined(object[step], next[step], rest) };
  return Object.fromEntries(Object.entries(object).map(([own, value]) => [own, Array.isArray(value) && Array.isArray(next[own]) ? [...value, ...next[own]] : value]));
}
