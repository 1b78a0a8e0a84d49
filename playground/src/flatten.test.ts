import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import cases from "../../internal/report/testdata/flatten.json";
import sdl from "../../internal/report/testdata/flatten.graphqls?raw";
import { csv } from "./export";
import { flatten, shown } from "./flatten";
import { inTime, measures, series, usual } from "./series";

// The gateway's reports flatten the same cases (internal/report): what is seen is what a
// file holds.
const schema = buildSchema(sdl);

interface Case {
  name: string;
  query: string;
  variables?: unknown;
  answer: Record<string, unknown>;
  tables: { name: string; label: string; labels: string[]; names: string[]; rows: string[][] }[];
}

const one = (query: string, data: Record<string, unknown>, variables?: unknown) => flatten(schema, query, null, data, variables);

describe("flatten", () => {
  it.each(cases as Case[])("as reports do: $name", ({ query, variables, answer, tables }) => {
    expect(one(query, answer, variables).map((t) => ({
      name: t.key, label: t.chinese, labels: t.columns.map((c) => c.chinese), names: t.columns.map((c) => c.english),
      rows: t.rows.map((row) => t.columns.map((c) => shown(row[c.key], c, true))),
    }))).toEqual(tables);
  });
  it("takes what statistics are grouped by from the operation's default", () => {
    const [table] = one("query Q($by: [Dimension!]! = [YEAR]) { stats(groupBy: $by) { groups { key { dimension label } } } }", { stats: { groups: [] } });
    expect(table.columns.map((c) => c.chinese)).toEqual(["年度"]);
  });
  it("knows masked columns, and the count of all records", () => {
    const [table] = one("{ cases { totalCount nodes { people { name phone } number } } }", { cases: { totalCount: 2, nodes: [] } });
    expect(table.columns.map((c) => c.masked)).toEqual([true, true, false]);
    expect(table.total).toBe(2);
  });
  it("tells a list that failed from an empty one", () => {
    const tables = one("{ cases { nodes { number } } towns { name } stats(groupBy: TOWN) { groups { count } excluded { reason } } }", { cases: null, towns: [], stats: { groups: [], excluded: null } });
    expect(tables.map((t) => [t.key, t.missing])).toEqual([["cases", true], ["towns", false], ["stats.groups", false], ["stats.excluded", true]]);
  });
  it("says the name too where two headings are one", () => {
    const [table] = one("{ cases { nodes { number formerNumber state } } }", { cases: { nodes: [] } });
    expect(table.columns.map((c) => c.chinese)).toEqual(["案号 number", "案号 formerNumber", "状态"]);
  });
  it("names enum values in the language of the page", () => {
    const [table] = one("{ cases { nodes { state urgent } } }", { cases: { nodes: [{ state: "CLOSED", urgent: false }] } });
    const texts = (chinese: boolean) => table.columns.map((c) => shown(table.rows[0][c.key], c, chinese));
    expect([texts(true), texts(false)]).toEqual([["已结（含撤回）", "否"], ["Closed", "no"]]);
  });
});

describe("series", () => {
  it("adds up the rows of a group", () => {
    const group = (label: string | null, count: number) => ({ key: [{ dimension: "TOWN", label }], count });
    const [table] = one("{ stats(groupBy: TOWN) { groups { key { dimension label } count } } }", { stats: { groups: [group("临浦镇", 4), group(null, 5), group("临浦镇", 1)] } });
    expect(series(table, "stats.groups.key.TOWN", ["stats.groups.count"], true)).toEqual({
      categories: ["临浦镇", "（未记录）"], series: [{ name: "数量", values: [5, 5] }],
    });
  });
});

describe("a chart", () => {
  const of = (...groups: [string, number, number][]) => one("{ stats(groupBy: TOWN) { groups { key { dimension label } count share { value } } } }", {
    stats: { groups: groups.map(([label, count, value]) => ({ key: [{ dimension: "TOWN", label }], count, share: { value } })) },
  })[0];
  it("adds up no rates, and begins with one kind of number", () => {
    const keys = (columns: { key: string }[]) => columns.map((c) => c.key);
    const single = measures(of(["甲", 1, 0.5], ["乙", 2, 0.2]), "stats.groups.key.TOWN");
    expect(keys(single)).toEqual(["stats.groups.count", "stats.groups.share.value"]);
    expect(keys(usual(single))).toEqual(["stats.groups.count"]);
    expect(keys(measures(of(["甲", 1, 0.5], ["甲", 2, 0.2]), "stats.groups.key.TOWN"))).toEqual(["stats.groups.count"]);
  });
  it("puts months in order, unknown last", () => {
    const table = of(["未知", 1, 0], ["2022年10月", 2, 0], ["2022年9月", 3, 0], ["2021年12月", 4, 0]);
    expect(series(table, "stats.groups.key.TOWN", ["stats.groups.count"], true)).toEqual({
      categories: ["2021年12月", "2022年9月", "2022年10月", "未知"], series: [{ name: "数量", values: [4, 3, 2, 1] }],
    });
    expect(inTime(["维持", "撤销", "2022年"])).toBe(false);
  });
});

describe("csv", () => {
  it("has a mark, CRLF, quotes and no formula", () => {
    const [table] = one("{ cases { nodes { number fee urgent } } }", { cases: { nodes: [
      { number: "=1+1", fee: "-12.50", urgent: true }, { number: "甲,\"1\"", fee: null, urgent: false }, { number: "＋86", fee: "3", urgent: null },
    ] } });
    expect(csv(table, table.columns.map((c) => c.key), true)).toBe("\ufeff案号,费用,是否紧急\r\n'=1+1,-12.50,是\r\n\"甲,\"\"1\"\"\",,否\r\n'＋86,3,\r\n");
  });
});
