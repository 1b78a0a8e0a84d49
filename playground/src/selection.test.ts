import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { choices, operationIn, selects, toggled } from "./selection";

const schema = buildSchema(`
  type Query { cases(first: Int): CaseConnection town(code: String!): Town }
  type CaseConnection { totalCount: Int nodes: [Case!]! }
  type Case { id: ID! number: String title: String town: Town }
  type Town { code: String name: String }
`);
const toggle = (text: string, ...path: string[]) => toggled(schema, text, null, path);

describe("the field picker", () => {
  it("sees through connections", () => {
    expect(choices(schema.getType("CaseConnection")!).map((c) => c.path.join("."))).toEqual(["totalCount", "nodes.id", "nodes.number", "nodes.title", "nodes.town"]);
  });
  it("begins a query with the usual fields", () => {
    expect(toggle("", "cases")).toBe("{\n  cases(first: 20) {\n    nodes {\n      number\n      title\n    }\n  }\n}");
  });
  it("adds and removes, leaving nothing empty", () => {
    const added = toggle("{ cases { nodes { number } } }", "cases", "nodes", "town");
    expect(added).toBe("{\n  cases {\n    nodes {\n      number\n      town {\n        code\n        name\n      }\n    }\n  }\n}");
    expect(selects(operationIn(added)!.operation!.selectionSet, ["cases", "nodes", "town", "name"])).toBe(true);
    expect(toggle("{ cases { nodes { number } } }", "cases", "nodes", "number")).toBe("");
  });
  it("turns an argument that must be given into a variable, and takes it away again", () => {
    const added = toggle("", "town");
    expect(added).toBe("query ($code: String!) {\n  town(code: $code) {\n    code\n    name\n  }\n}");
    expect(toggle(added, "town")).toBe("");
  });
  it("leaves text that does not parse alone", () => expect(toggle("{ cases {", "town")).toBe("{ cases {"));
});
