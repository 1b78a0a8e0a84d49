import { describe, expect, it } from "vitest";
import { chineseName, englishName, fit, halves, initialsAt } from "./names";

describe("names in descriptions", () => {
  const status = "Where the case stands; null when not recorded. 案件状态，未记录为空。";
  it.each([
    [status, "案件状态"],
    ["The case number as written, 浙萧援民〔2023〕123号; null when none was given. 案号原文，未编号为空。", "案号原文"],
    ["Officially so called. It is one thing. 全部部门（含历史）。", "全部部门"],
    ["Legal aid · 法律援助", "法律援助"],
    ["One town by its code; null when unknown. 按代码、旧代码或名称取镇街，未知为空。", "按代码、旧代码或名称取镇街"],
    ["The day, due 7 days after acceptance (Legal Aid Law Art. 43); null when undecided. 审查决定日期，未决定为空。", "审查决定日期"],
    ["A moment in RFC 3339 with offset +08:00. 时刻，北京时间。", "时刻"],
    ["No Chinese here.", ""],
    [undefined, ""],
  ])("%s", (description, want) => expect(chineseName(description)).toBe(want));
  it("keeps the English half", () => {
    expect(halves(status).english).toBe("Where the case stands; null when not recorded.");
    expect(englishName(status)).toBe("Where the case stands");
  });
});

describe("what was typed", () => {
  it("finds pinyin initials, several readings included", () => {
    expect(initialsAt("案件状态", "zt")).toBe(2);
    expect(initialsAt("重庆", "cq")).toBe(0);
    expect(initialsAt("案件状态", "xx")).toBe(-1);
  });
  it.each([
    ["status", 0], ["sta", 1], ["案件状态", 0], ["状态", 2], ["zt", 2], ["ajzt", 1], ["jz", 3], ["tus", 4],
  ])("%s fits status, 案件状态, at %d", (typed, want) => expect(fit(typed, "status", "案件状态")).toBe(want));
  it("does not fit at all", () => expect(fit("qq", "status", "案件状态")).toBeUndefined());
});
