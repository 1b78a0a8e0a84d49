import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { csv } from "./export";
import { flatten, shown } from "./flatten";
import { series } from "./series";

const schema = buildSchema(`
  "Cases. 案件列表。"
  type Query { "Cases. 案件列表。" cases(first: Int): CaseConnection "Towns. 镇街。" towns: [Town!]! "Statistics. 统计。" stats: Stats }
  type CaseConnection { "Count. 总数。" totalCount: Int nodes: [Case!]! }
  type Case { id: ID! "Number. 案号。" number: String "State. 状态，可空。" state: State "Fee. 费用。" fee: Money "Town. 镇街。" town: Town "Who. 当事人。" people: [Person!] "Urgent. 是否紧急。" urgent: Boolean }
  type Person { "Name. 姓名。" name: PersonName "Phone. 电话。" phone: Phone }
  type Town { "Name. 名称。" name: String "Code. 代码。" code: String "Cases. 案件。" cases: CaseConnection }
  type Stats { groups: [Group!]! "All. 合计。" total: Group! "Left out. 未计入。" excluded: [Excluded!]! }
  type Excluded { "Why. 原因。" reason: String "Rows. 行数。" count: Int }
  type Group { key: [Key!]! "Count. 数量。" count: Int }
  type Key { dimension: String value: String label: String }
  enum State { "Open · 在办" OPEN "Closed · 已结" CLOSED }
  scalar PersonName scalar Phone scalar Money
`);

const one = (query: string, data: Record<string, unknown>) => flatten(schema, query, null, data);

describe("flatten", () => {
  it("makes rows of nested lists and names columns in Chinese", () => {
    const [table] = one("{ cases { totalCount nodes { id number town { name } people { name phone } } } }", {
      cases: { totalCount: 2, nodes: [
        { id: "1", number: "甲1", town: { name: "临浦镇" }, people: [{ name: "张*", phone: null }, { name: "李*", phone: "138****1234" }] },
        { id: "2", number: "甲2", town: null, people: [] },
      ] },
    });
    expect(table.columns.map((c) => c.chinese)).toEqual(["总数", "id", "案号", "镇街", "当事人 · 姓名", "当事人 · 电话"]);
    expect(table.rows.map((r) => [r["cases.nodes.number"], r["cases.nodes.town.name"], r["cases.nodes.people.name"]]))
      .toEqual([["甲1", "临浦镇", "张*"], ["甲1", "临浦镇", "李*"], ["甲2", undefined, undefined]]);
    expect(table.columns.filter((c) => c.masked).map((c) => c.key)).toEqual(["cases.nodes.people.name", "cases.nodes.people.phone"]);
  });
  it("keeps an empty list a table", () => {
    expect(one("{ cases { nodes { number } } }", { cases: { nodes: [] } })[0]).toMatchObject({ key: "cases", chinese: "案件列表", rows: [], missing: false });
  });
  it("tells a list that failed from an empty one, and names it as reports do", () => {
    const tables = one("{ cases { nodes { number } } towns { name } stats { groups { count } excluded { reason } } }", { cases: null, towns: [], stats: { groups: [], excluded: null } });
    expect(tables.map((t) => [t.list, t.missing])).toEqual([["cases", true], ["towns", false], ["stats.groups", false], ["stats.excluded", true]]);
  });
  it("follows aliases and fragments", () => {
    const [table] = one("{ all: cases { nodes { ...F ... on Case { no: number } } } } fragment F on Case { state }", { all: { nodes: [{ state: "OPEN", no: "甲1" }] } });
    expect(table.columns.map((c) => c.chinese)).toEqual(["状态", "no"]);
    expect(shown(table.rows[0]["all.nodes.state"], table.columns[0], true)).toBe("在办");
    expect(shown(table.rows[0]["all.nodes.state"], table.columns[0], false)).toBe("Open");
  });
  it("gathers single figures in one row", () => {
    const [table] = one("{ a: cases(first: 1) { totalCount } b: cases { totalCount } }", { a: { totalCount: 3 }, b: { totalCount: null } });
    expect(table.rows).toEqual([{ "a.totalCount": 3, "b.totalCount": null }]);
    expect(table.columns.map((c) => c.chinese)).toEqual(["a", "b"]);
  });
  it("gives each list of a root object a table of its own", () => {
    const group = (label: string, count: number) => ({ key: [{ dimension: "TOWN", label }], count });
    const tables = one("{ stats { groups { key { dimension label } count } total { count } excluded { reason count } } }", {
      stats: { groups: [group("临浦镇", 4), group("河上镇", 2)], total: { key: [], count: 6 }, excluded: [{ reason: "undated", count: 1 }] },
    });
    expect(tables.map((t) => [t.key, t.chinese, t.columns.map((c) => c.chinese), t.rows.length])).toEqual([
      ["stats.groups", "统计", ["镇街", "数量"], 2],
      ["stats.excluded", "未计入", ["原因", "行数"], 1],
      ["", "概览", ["合计 · 数量"], 1],
    ]);
  });
  it("spreads the keys of statistics into columns", () => {
    const [table] = one("{ stats { groups { key { dimension label } count } } }", { stats: { groups: [
      { key: [{ dimension: "TOWN", label: "临浦镇" }, { dimension: "YEAR", label: "2023" }], count: 4 },
      { key: [{ dimension: "TOWN", label: null }, { dimension: "YEAR", label: "2024" }], count: 5 },
    ] } });
    expect(table.columns.map((c) => c.chinese)).toEqual(["镇街", "年度", "数量"]);
    expect(series(table, "stats.groups.key.TOWN", ["stats.groups.count"], true)).toEqual({
      categories: ["临浦镇", "（未记录）"], series: [{ name: "数量", values: [4, 5] }],
    });
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
