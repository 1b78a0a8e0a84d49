import { parse, print } from "graphql";
import { describe, expect, it } from "vitest";
import { joined, marked, nextPage, placeOf, taken } from "./pages";

const same = (text: string) => print(parse(text));
const mark = "reportPage: pageInfo { hasNextPage endCursor }";

describe("pages", () => {
  it("asks every list whether it goes on", () => {
    expect(marked("{ nodes(ids: []) { id } cases { totalCount nodes { town { cases { edges { cursor } } } } } a: cases { ...C ... { x } } } fragment C on CaseConnection { nodes { id } } fragment D on Case { old { ... on OldConnection { nodes { id } } } }"))
      .toBe(same(`{ nodes(ids: []) { id } cases { totalCount nodes { town { cases { edges { cursor } ${mark} } } } ${mark} } a: cases { ...C ... { x } ${mark} } } fragment C on CaseConnection { nodes { id } } fragment D on Case { old { ... on OldConnection { nodes { id } } ${mark} } }`));
    expect(marked("{ cases { nodes")).toBeUndefined();
    expect(marked("{ cases { reportPage: pageInfo { hasNextPage } nodes { id } } }")).toBeUndefined();
  });
  it("takes the question out of the answer, and says which lists go on", () => {
    const page = (hasNextPage: boolean, endCursor: string | null = "c") => ({ hasNextPage, endCursor });
    const data = { cases: { nodes: [{ sued: { nodes: [], reportPage: page(true) } }, { sued: { reportPage: page(true) } }, { sued: null }], reportPage: page(true, "e") }, b: { reportPage: page(false) }, c: null };
    expect(taken(data)).toEqual([
      { path: ["cases"], lists: 1, cursor: "e" }, { path: ["cases", "nodes", "sued"], lists: 2, cursor: undefined },
    ]);
    expect(data).toEqual({ cases: { nodes: [{ sued: { nodes: [] } }, { sued: {} }, { sued: null }] }, b: {}, c: null });
    expect(placeOf(["cases", "nodes", "sued"])).toBe("cases.sued");
  });
  it("asks for one list's next page, and for nothing else", () => {
    const next = nextPage(`query Q($a: Date, $b: Int, $id: ID) { x: town(id: $id) { name ...T } other(b: $b) { id } }
      fragment T on Town { cases(first: $b, filter: {a: $a}) { totalCount ...C } name } fragment C on CaseConnection { nodes { id } }`, "Q", ["x", "cases"]);
    expect(next.query).toBe(same(`query Q($a: Date, $id: ID, $reportFirst: Int, $reportAfter: String) { x: town(id: $id) { ... on Town { cases(filter: {a: $a}, first: $reportFirst, after: $reportAfter) { ...C ${mark} } } } }
      fragment C on CaseConnection { nodes { id } }`));
    expect(next.variables.sort()).toEqual(["a", "id"]);
  });
  it("puts a page behind the records before it", () => {
    expect(joined({ a: { b: { totalCount: 3, nodes: [1, 2] } }, c: 1 }, { a: { b: { nodes: [3] } } }, ["a", "b"])).toEqual({ a: { b: { totalCount: 3, nodes: [1, 2, 3] } }, c: 1 });
  });
});
