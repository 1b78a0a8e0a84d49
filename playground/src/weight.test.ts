import { expect, test } from "vitest";
import { weight } from "./weight";

test("fields and depth, as the gateway weighs them", () => {
  expect(weight("{ a { b c { d } } e }", null)).toEqual({ fields: 5, depth: 3 });
  expect(weight("{ a { ...F } b { ...F } } fragment F on T { x ... on U { y } }", null)).toEqual({ fields: 6, depth: 2 });
  expect(weight("query A { a } query B { a b }", "B")).toEqual({ fields: 2, depth: 1 });
  expect(weight("{ __schema { types { name } } }", null)).toEqual({ fields: 3, depth: 1 });
  expect(weight("{ ...F } fragment F on T { a ...F }", null)).toEqual({ fields: 1, depth: 1 });
  expect(weight("{", null)).toBeUndefined();
});
