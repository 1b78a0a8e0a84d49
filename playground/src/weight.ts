import { Kind, parse, type SelectionSetNode } from "graphql";

/** How much an operation asks for. */
export interface Weight {
  /** Selected fields, those of a fragment at each of its places. */
  fields: number;
  /** Fields inside fields. */
  depth: number;
}

/** Weighs the operation as the gateway does, whose limits bound both; undefined for text that does not parse. */
export function weight(text: string, operationName: string | null | undefined): Weight | undefined {
  let document;
  try {
    document = parse(text);
  } catch {
    return undefined;
  }
  const fragments = new Map<string, Weight | SelectionSetNode>();
  for (const d of document.definitions) if (d.kind === Kind.FRAGMENT_DEFINITION) fragments.set(d.name.value, d.selectionSet);
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((o) => o.name?.value === operationName) ?? operations[0];

  function of(set: SelectionSetNode | undefined): Weight {
    const total = { fields: 0, depth: 0 };
    for (const selection of set?.selections ?? []) {
      let one: Weight;
      if (selection.kind === Kind.FIELD) {
        const below = of(selection.selectionSet);
        one = { fields: below.fields + 1, depth: selection.name.value === "__schema" || selection.name.value === "__type" ? 1 : below.depth + 1 };
      } else if (selection.kind === Kind.INLINE_FRAGMENT) one = of(selection.selectionSet);
      else one = named(selection.name.value);
      total.fields += one.fields;
      total.depth = Math.max(total.depth, one.depth);
    }
    return total;
  }

  // A fragment is weighed once; while it is, it counts nothing, so that a cycle ends.
  function named(name: string): Weight {
    const found = fragments.get(name);
    if (!found) return { fields: 0, depth: 0 };
    if (!("kind" in found)) return found;
    fragments.set(name, { fields: 0, depth: 0 });
    const weighed = of(found);
    fragments.set(name, weighed);
    return weighed;
  }

  return operation && of(operation.selectionSet);
}
