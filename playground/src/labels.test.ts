import { expect, it } from "vitest";
import { labelled } from "./labels";

const query = `query Q { all: towns { nodes { no: number ...F rows: nodes { id } } } }
fragment F on Town { name cases { name open: state } ...F }`;

it("asks for a label of each alias, and keeps those that still name something", () => {
  expect(labelled(query, "Q", { open: "在办", "cases.name": "案名", "all.name": "镇名", "towns.name": "旧", gone: "没有" }))
    .toEqual({ all: "", no: "", "all.name": "镇名", "cases.name": "案名", open: "在办" });
});

it("finds nothing in text that does not parse", () => {
  expect(labelled("{ towns", null, { towns: "镇街" })).toEqual({});
});
