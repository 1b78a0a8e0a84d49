import { describe, expect, it } from "vitest";
import { graphiql } from "./dictionary.js";
import { translated } from "./translate.js";

const of = (file) => graphiql.filter((entry) => entry.file === file);
const literal = (entry) => entry.code ?? JSON.stringify(entry.text);
const files = [...new Set(graphiql.map((entry) => entry.file))];
const id = (file) => "/somewhere/node_modules/" + file;

describe("the dictionary of GraphiQL's texts", () => {
  it("puts a call in the place of each text", () => {
    const plugin = translated();
    for (const file of files) {
      const { code } = plugin.transform(of(file).map(literal).join(";"), id(file));
      for (const entry of of(file)) expect(code).toContain(JSON.stringify(entry.chinese));
    }
    expect(() => plugin.buildEnd()).not.toThrow();
  });
  it("fails the build when a file no longer says a text", () => {
    for (const gone of graphiql) {
      const rest = of(gone.file).filter((entry) => entry !== gone).map(literal).join(";");
      expect(() => translated().transform(rest, id(gone.file))).toThrow(`dictionary: ${gone.file} no longer says`);
    }
  });
  it("fails the build when a file is never met", () => {
    const plugin = translated();
    for (const file of files.slice(1)) plugin.transform(of(file).map(literal).join(";"), id(file));
    expect(() => plugin.buildEnd()).toThrow(`dictionary: never met ${files[0]}`);
    expect(() => plugin.buildEnd(new Error("another"))).not.toThrow();
  });
});
