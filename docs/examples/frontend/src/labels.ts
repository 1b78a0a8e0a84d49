import { graphql } from "./generated/gql.js";
import type { Ask } from "./gateway.js";

const Labels = graphql(`
  query Labels($enum: String!) {
    enumLabels(enum: $enum) { value label }
  }
`);

/** The Chinese labels of an enum's values, in the order of the schema: for lists to choose from. */
export async function labels<Value extends string>(ask: Ask, name: string): Promise<Map<Value, string>> {
  const { data } = await ask(Labels, { enum: name });
  if (!data.enumLabels) throw new Error(`the graph has no enum ${name}`);
  return new Map(data.enumLabels.map(({ value, label }) => [value as Value, label]));
}
