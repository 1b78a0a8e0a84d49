import { describe, expect, it } from "vitest";
import said from "./complaints.json";
import { complaint, patternOf, patterns, type Names } from "./complaints";
import type { GatewayError } from "./gateway";
import { halves } from "./names";
import { refusal, patterns as refusalPatterns } from "./refusals";

const names: Names = {
  variable: (name) => ({ id: "身份证号" })[name],
  input: (name) => ({ acceptedOn: "受理日期" })[name],
  system: (name) => ({ LEGAL_AID: "法律援助" })[name] ?? name,
};
const bad = (message: string, argument?: string): GatewayError => ({ message, extensions: { code: "BAD_INPUT", argument } });
const source = (code: string, message: string): GatewayError => ({ message, extensions: { code, system: "LEGAL_AID" } });

// What the gateway says is gathered by internal/server/complaints_test.go. Errors with
// another code than BAD_INPUT may be told by their code, which is stable.
describe("what the gateway says", () => {
  const errors: GatewayError[] = said.errors.map(({ message, ...extensions }) => ({ message, extensions }));
  const worded = (error: GatewayError) => patternOf(error) !== undefined || halves(error.message).chinese !== "";

  it("is worded in Chinese", () => {
    expect(errors.length).toBeGreaterThan(100);
    expect(errors.filter((error) => error.extensions?.code === "BAD_INPUT" && !worded(error)).map((error) => error.message)).toEqual([]);
  });
  it("leaves no English sentence in the Chinese", () => {
    const english = errors.map((error) => complaint(error, names)).filter((text) => !/\p{Script=Han}/u.test(text) || /[a-z]+ [a-z]+ [a-z]+ [a-z]+/.test(text));
    expect(english).toEqual([]);
  });
  it("has every pattern", () => {
    const used = new Set(errors.map(patternOf));
    expect(patterns.filter((pattern) => !used.has(pattern))).toEqual([]);
  });
  it("when it does not save is worded in Chinese", () => {
    expect(said.refusals.filter((text) => refusal(text) === undefined)).toEqual([]);
    expect(refusal(said.refusals.slice(-2).join("\n"))).toBe("第 3 行：towns 的列名为空；第 2 行：查询语句中有疑似身份证号或手机号，请改用变量");
    expect(refusal("something new")).toBeUndefined();
  });
  it("when it does not save has every pattern", () => {
    const lines = said.refusals.flatMap((text) => text.split("\n")).map((line) => line.replace(/^\S+\.graphql:\d+: /, ""));
    expect(refusalPatterns.filter((pattern) => !lines.some((line) => pattern.test(line)))).toEqual([]);
  });
});

// The messages are the gateway's, as it gives them.
it.each<[GatewayError, string]>([
  [bad("first: 500 is outside 1..200", "first"), "条数（first）：500 不在 1 到 200 之间"],
  [bad("year: 1900 is outside 2000..2099", "year"), "年度（year）：1900 不在 2000 到 2099 之间"],
  [bad("filter.acceptedOn: from 2024-01-01 must lie before 2023-01-01", "filter.acceptedOn"), "受理日期（filter.acceptedOn）：起始 2024-01-01 应在截止 2023-01-01 之前"],
  [bad("filter.acceptedOn.from: is no Date: A calendar day in ISO 8601, 2023-03-15. 日历日，北京时间。", "filter.acceptedOn.from"), "受理日期 · 起始（filter.acceptedOn.from）：应为日期（如 2023-03-15）"],
  [bad('code: "临蒲镇" is no town of the reference data; see towns { code name }; did you mean 临浦镇?', "code"), "code：没有“临蒲镇”，是否为 临浦镇？"],
  [bad('filter.town: "火星" is no town or street of the reference data; see towns { code name }', "filter.town"), "镇街（filter.town）：没有“火星”，请从基础数据中选取"],
  [bad("residentId: is no valid resident number; it has 18 characters with a right check digit, or the 15 digits of before 1999", "residentId"), "身份证号（residentId）：号码无效，应为 18 位且校验码正确，或 1999 年以前的 15 位"],
  [bad("groupBy: KIND is there twice", "groupBy"), "分组（groupBy）：KIND 重复"],
  [bad("number: is no document number; it needs a year and a serial, like 萧政发〔2023〕12号", "number"), "文号或案号（number）：应含年份和序号，如 萧政复〔2023〕12号"],
  [bad("odd: is not liked", "odd"), "odd：填写有误"],
  [bad("variable $id: must be defined"), "身份证号：必须填写"],
  [bad("variable $n.0: cannot be read as Int"), "$n：应为整数"],
  [bad('Cannot query field "numbr" on type "LegalAidCase". Did you mean "number" or "name"?'), "LegalAidCase 没有字段 numbr；是否为 number、name？"],
  [bad("Expected Name, found <EOF>."), "此处应为 Name，实为 结尾"],
  [bad("something new"), "查询语句或条件有误"],
  [source("SOURCE_UNAVAILABLE", "LEGAL_AID cannot be reached"), "法律援助：数据暂时取不到，请稍后重试；持续如此请联系管理员"],
  [source("SOURCE_UNAVAILABLE", "LEGAL_AID is not part of this deployment"), "法律援助：本网关没有接入该系统"],
  [source("SOURCE_TIMEOUT", "LEGAL_AID did not answer in time"), "法律援助：没有按时答复，请缩小日期等条件的范围，或稍后重试"],
  [{ message: "the answer was not ready within 30s; ask for less", extensions: { code: "SOURCE_TIMEOUT" } }, "30s 内没有查完，请缩小范围后重试"],
  [{ message: "filter: no index serves it, and LegalAidCase has about 2,000,000 records; add kind. 该筛选条件无索引可用，而记录约 2,000,000 条；请加上 kind。", extensions: { code: "LIMIT_EXCEEDED", argument: "filter", system: "LEGAL_AID" } },
    "筛选条件（filter）：该筛选条件无索引可用，而记录约 2,000,000 条；请加上 kind"],
  [{ message: "internal error; the operators find it under request 1f", extensions: { code: "INTERNAL" } }, "网关出错，请把请求号（见“追踪”）告诉管理员"],
  [{ message: "?" }, "网关出错，请把请求号（见“追踪”）告诉管理员"],
])("%j", (error, text) => expect(complaint(error, names)).toBe(text));
