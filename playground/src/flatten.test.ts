import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import cases from "../../internal/report/testdata/flatten.json";
import sdl from "../../internal/report/testdata/flatten.graphqls?raw";
import { csv } from "./export";
import { flatten, numberOf, shown, withheld, type Column, type Labels, type Table } from "./flatten";
import { countable, inTime, measures, series, usual } from "./series";

// The gateway's reports flatten the same cases (internal/report): what is seen is what a
// file holds.
const schema = buildSchema(sdl);

interface Case {
  name: string;
  query: string;
  variables?: unknown;
  labels?: Labels;
  answer: Record<string, unknown>;
  tables: { name: string; label: string; labels: string[]; names: string[]; repeats?: string[]; levels?: string[]; records: number; rows: string[][] }[];
}

const one = (query: string, data: Record<string, unknown>, variables?: unknown, labels?: Labels) => flatten(schema, query, null, data, variables, labels);

// repeated is whether a row before is of the same record.
const repeated = (table: Table, at: number, column: Column) =>
  table.rows[at].of[column.level] !== undefined && table.rows.slice(0, at).some((row) => row.of[column.level] === table.rows[at].of[column.level]);

describe("flatten", () => {
  it.each(cases as Case[])("as reports do: $name", ({ query, variables, labels, answer, tables }) => {
    expect(one(query, answer, variables, labels).map((t) => ({
      name: t.key, label: t.chinese, labels: t.columns.map((c) => c.chinese), names: t.columns.map((c) => c.english),
      repeats: t.columns.filter((c) => c.repeats).map((c) => c.english), levels: t.levels.slice(1).map((l) => `${l.name} ${l.chinese}`), records: t.records,
      rows: t.rows.map((row, i) => t.columns.map((c) => (repeated(t, i, c) ? "=" : "") + shown(row.cells[c.key], c, true))),
    }))).toEqual(tables.map((t) => ({ ...t, repeats: t.repeats ?? [], levels: t.levels ?? [] })));
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
    const texts = (chinese: boolean) => table.columns.map((c) => shown(table.rows[0].cells[c.key], c, chinese));
    expect([texts(true), texts(false)]).toEqual([["已结（含撤回）", "否"], ["Closed", "no"]]);
  });
});

describe("figures of few persons", () => {
  const groups = (fields: string, of: object[]) => {
    const [table] = one(`{ stats(groupBy: TOWN) { groups { key { dimension label } ${fields} } } }`, { stats: { groups: of.map((one) => ({ key: [{ dimension: "TOWN", label: "临浦镇" }], ...one })) } });
    return table.rows.map((row) => table.columns.map((c) => withheld(row, c)));
  };
  it("are told from those that there are none of", () => {
    expect(groups("suppressed share { value }", [{ suppressed: true, share: null }, { suppressed: false, share: { value: null } }])).toEqual([[false, false, true], [false, false, false]]);
    expect(groups("count share { value }", [{ count: null, share: { value: null } }, { count: 0, share: { value: null } }])).toEqual([[false, true, true], [false, false, false]]);
    expect(groups("share { value }", [{ share: { value: null } }])).toEqual([[false, false]]);
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

describe("a parent with several rows", () => {
  const people = (n: number) => Array.from({ length: n }, (_, i) => ({ name: "人" + i }));
  const [table] = one("{ towns { name cases { totalCount nodes { number state people { name } } } } }", { towns: [
    { name: "城厢街道", cases: { totalCount: 166, nodes: [{ number: "1", state: "OPEN", people: people(20) }, { number: "2", state: "CLOSED", people: people(4) }] } },
    { name: "临浦镇", cases: { totalCount: 3, nodes: [] } },
    { name: "河上镇", cases: { totalCount: 5, nodes: [{ number: "3", state: "OPEN", people: [] }] } },
  ] });
  const total = "towns.cases.totalCount";
  it("is one record, and counts once", () => {
    expect([table.rows.length, table.records]).toEqual([26, 3]);
    expect(series(table, "towns.name", [total], true).series[0].values).toEqual([166, 3, 5]);
    expect(series(table, undefined, [total], true).series[0].values).toEqual([174]);
    expect(measures(table, "towns.name").map((c) => c.key)).toEqual([total]);
  });
  it("is not split by what its lists hold", () => {
    expect(measures(table, "towns.cases.nodes.state")).toEqual([]);
    expect(measures(table, "towns.cases.nodes.people.name")).toEqual([]);
  });
  it("counts the records of each list", () => {
    expect(countable(table, "towns.name").map((l) => l.chinese)).toEqual(["镇街", "案件", "案件 · 当事人"]);
    const counts = (by: string, level?: number) => series(table, by, [], true, level).series[0].values;
    expect(counts("towns.name")).toEqual([1, 1, 1]);
    expect(counts("towns.name", 2)).toEqual([2, 1]);
    expect(counts("towns.name", 3)).toEqual([24]);
    expect(counts("towns.cases.nodes.state")).toEqual([2, 1]);
  });
  it("adds to the sum of its records, whatever the lists", () => {
    // Any tree: what a chart adds up over a column is what its records have, each once.
    let seed = 7;
    const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    for (let round = 0; round < 50; round++) {
      const towns = Array.from({ length: random(5) }, (_, i) => ({
        name: "镇" + i, cases: random(4) === 0 ? null : { totalCount: random(50), nodes: Array.from({ length: random(4) }, () => ({ number: String(random(3)), people: people(random(3)) })) },
        old: { nodes: Array.from({ length: random(3) }, () => ({ number: "旧" })) },
      }));
      const [tree] = one("{ towns { name cases { totalCount nodes { number people { name } } } old { nodes { number } } } }", { towns });
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
      expect(sum(series(tree, "towns.name", [total], true).series[0].values)).toBe(sum(towns.map((t) => t.cases?.totalCount ?? 0)));
      expect(tree.records).toBe(towns.length);
      const level = tree.levels.findIndex((l) => l.name === "cases");
      expect(sum(series(tree, "towns.name", [], true, level).series[0].values)).toBe(sum(towns.map((t) => t.cases?.nodes.length ?? 0)));
      const once = tree.rows.flatMap((row, i) => tree.columns.flatMap((c) => (c.key === total && !repeated(tree, i, c) ? [numberOf(row.cells[c.key]) ?? 0] : [])));
      expect(sum(once)).toBe(sum(towns.map((t) => t.cases?.totalCount ?? 0)));
    }
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
