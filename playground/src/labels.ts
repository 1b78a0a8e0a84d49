import { Kind, type SelectionSetNode } from "graphql";
import { wraps, type Labels } from "./flatten";
import { operationIn } from "./selection";

/**
 * The places of a query that want a label, aliases, and those that have one in known, each
 * with its label, empty for none. Labels of what the query no longer has are left out: the
 * gateway refuses them. Text that does not parse has no places.
 */
export function labelled(query: string, operationName: string | null | undefined, known: Labels): Labels {
  const found = operationIn(query, operationName);
  if (!found?.operation) return {};
  const fragments = new Map(found.document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));
  const places = new Set<string>();
  const around = new Set<string>(); // fragments that are being walked through
  const walk = (set: SelectionSetNode | undefined, path: string[]) => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const wrapper = path.length > 0 && wraps(selection.name.value);
        const below = wrapper ? path : [...path, key];
        if (!wrapper && selection.alias && key !== selection.name.value) places.add(key);
        below.map((_, from) => below.slice(from).join(".")).filter((place) => Object.hasOwn(known, place)).forEach((place) => places.add(place));
        walk(selection.selectionSet, below);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, path);
      else {
        const name = selection.name.value;
        if (around.has(name)) continue; // refused when it is run
        around.add(name);
        walk(fragments.get(name)?.selectionSet, path);
        around.delete(name);
      }
    }
  };
  walk(found.operation.selectionSet, []);
  return Object.fromEntries([...places].map((place) => [place, Object.hasOwn(known, place) ? known[place] : ""]));
}
