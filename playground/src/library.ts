import type { Labels } from "./flatten";
import { operationIn } from "./selection";

/** One saved operation, as the gateway gives it. */
export interface SavedOperation {
  name: string;
  title: string;
  english: string;
  description: string;
  tags: string[];
  owner: string;
  variables: Hint[];
  labels: Labels;
  query: string;
}

/** How a form asks for one variable. */
export interface Hint {
  name: string;
  title: string;
  english: string;
  /** Filled in to begin with; absent for none. */
  default?: unknown;
}

/** The gateway's library, and whether it takes new operations. */
export async function library(): Promise<{ saving: boolean; operations: SavedOperation[] }> {
  const response = await fetch("playground/queries", { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

/** Saves an operation under its name; gives what is wrong with it, undefined when it was saved. */
export async function save(operation: SavedOperation): Promise<string | undefined> {
  const response = await fetch("playground/queries/" + encodeURIComponent(operation.name), {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(operation),
  });
  return response.ok ? undefined : (await response.text()).trim();
}

/** Whether an operation of the name, undefined for one without, is the saved one or has come of it. */
export const cameOf = (operation: SavedOperation, name: string | null | undefined): boolean =>
  operationIn(operation.query)?.operation?.name?.value === (name ?? undefined);

/** What the variables of an operation begin with, as JSON text; empty when it has no defaults. */
export function beginning(operation: SavedOperation): string {
  const given = operation.variables.filter((hint) => hint.default !== undefined && hint.default !== null);
  return given.length === 0 ? "" : JSON.stringify(Object.fromEntries(given.map((hint) => [hint.name, hint.default])), null, 2);
}
