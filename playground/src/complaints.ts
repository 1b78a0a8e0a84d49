import type { GatewayError } from "./gateway";
import { halves } from "./names";

// What the gateway objects to, in Chinese. Its own sentences are English, for programs'
// logs as much as for people, and stand below: a sentence that is not known here is told
// by its code and argument, so that nothing depends on these patterns but the wording.
// complaints.json lists the sentences as a Go test gathers them: complaints.test.ts wants
// each of them worded, and a sentence for each pattern.

/** Arguments and variables by name; those missing here have the name of the schema. */
const places: Record<string, string> = {
  first: "条数", last: "条数", after: "翻页位置", before: "截止", page: "页码", size: "每页条数", top: "取前几组",
  filter: "筛选条件", orderBy: "排序", groupBy: "分组", having: "分组条件", fillEmpty: "补全空组", period: "统计时段", pages: "范围",
  systems: "业务系统", town: "镇街", department: "部门", text: "检索词", name: "名称", number: "文号或案号", year: "年度", id: "标识", ids: "标识",
  from: "起始", residentId: "身份证号", creditCode: "统一社会信用代码", list: "列表", head: "列名", enum: "代码项", charset: "编码", labels: "列名出处",
};

const types: Record<string, string> = {
  Int: "整数", Float: "数字", String: "文本", Boolean: "是或否", ID: "标识", Date: "日期（如 2023-03-15）", PartialDate: "日期（如 2023-03）", DateTime: "时间",
  Money: "金额", Decimal: "数字", ResidentNumber: "身份证号", Phone: "电话号码", PersonName: "姓名", CreditCode: "统一社会信用代码",
};

const typed = (type: string) => types[type.replace(/[[\]!]/g, "")] ?? type;

/** What is wrong with a value. */
const reasons: [RegExp, (...found: string[]) => string][] = [
  [/^(\S+)(?: ids)? (?:is|are) outside (\d+)\.\.(\d+)$/, (n, least, most) => `${n} 不在 ${least} 到 ${most} 之间`],
  [/^goes with (\w+); with (\w+) give (\w+)$/, (with_, other, instead) => `要与 ${with_} 同用；用 ${other} 时请给出 ${instead}`],
  [/^must be one of (.+)$/, (values) => `应为 ${values.replaceAll(", ", "、")} 之一`],
  [/^must be an? (\S+), not an? \S+$/, (type) => `应为${typed(type)}`],
  [/^must be (\d+) to (\d+), not (\S+)$/, (least, most, n) => `${n} 不在 ${least} 到 ${most} 之间`],
  [/^give (\d+) to (\d+) characters, not (\d+)$/, (least, most, n) => `应有 ${least} 到 ${most} 个字，现有 ${n} 个`],
  [/^at most (\d+) dimensions, not (\d+)$/, (most, n) => `最多 ${most} 个，现有 ${n} 个`],
  [/^would give more than (\d+) groups;/, (most) => `将超过 ${most} 组，请缩小日期范围或减少分组`],
  [/^is nested more than (\d+) deep$/, (most) => `嵌套超过 ${most} 层`],
  [/^names more than (\d+) parties;/, (most) => `一次给出的当事人超过 ${most} 个，请分次查询`],
  [/^names more values than one statement holds;/, () => "一次给出的值过多，请分次查询"],
  [/^(\S+) is there twice$/, (name) => `${name} 重复`],
  [/^from (\S+) must (?:lie before|not lie above to) (\S+)$/, (from, before) => `起始 ${from} 应在截止 ${before} 之前`],
  [/^"(.*)" is no .* of the reference data; see [^;]*(?:; did you mean (.*)\?)?$/, (value, near) => `没有“${value}”，${near ? `是否为 ${either(near)}？` : "请从基础数据中选取"}`],
  [/^"(.*)" is no enum of the schema(?:; did you mean (.*)\?)?/, (value, near) => `没有代码项“${value}”${near ? `；是否为 ${either(near)}？` : ""}`],
  [/^isUnreadable asks for cells/, () => "查的是无法识别为日期的单元格，请去掉起始和截止"],
  [/^isUnreadable is a condition of filters/, () => "只能作为筛选条件，统计时段请给出起始和截止"],
  [/^"(.*)" is no whole number$/, (value) => `“${value}”不是整数`],
  [/is no (?:document|case)(?: or \w+)? number/, () => "应含年份和序号，如 萧政复〔2023〕12号"],
  [/^is no valid resident number/, () => "号码无效，应为 18 位且校验码正确，或 1999 年以前的 15 位"],
  [/^is no unified social credit code/, () => "代码无效，应为 18 位统一社会信用代码或 9 位组织机构代码，且校验码正确"],
  [/is no practising licence/, () => "应为 17 位执业证号"],
  [/^is no metric; see [^;]*(?:; did you mean (.*)\?)?$/, (near) => `没有这个指标，${near ? `是否为 ${either(near)}？` : "名称见 metrics"}`],
  [/^looks like a part of a person's number/, () => "疑似身份证号、手机号或其中一段，文本不能按此检索；有权查人的请用完整证件号码查询，查文号请用文号条件"],
  [/^is no cursor of |^belongs to a list in another order/, () => "已失效，请从第一页重新查起"],
  [/^is no id of /, () => "不是本系统的标识，请取自记录的 id 字段"],
  [/^give either first or last, not both$/, () => "first 和 last 只能给出一个"],
  [/^name at least one system/, () => "至少选一个，或留空表示全部"],
  [/^give residentId, creditCode or name$/, () => "请给出身份证号、统一社会信用代码或名称"],
  [/^give exactly one of (\w+) and (\w+)$/, (one, other) => `${one} 和 ${other} 请只给出一个`],
  [/^this system cannot order by (\S+); it can by (.+)$/, (by, others) => `所查业务系统不能按 ${by} 排序，可按 ${others.replaceAll(", ", "、")}`],
  [/^this system records nothing that its lists can be ordered by;/, () => "所查业务系统没有可用于排序的项，请去掉排序"],
  [/^(?:this system|a \w+) does not record |^\w+ records (?:none|no department|no town);/, () => "所查业务系统没有这一项，请去掉"],
  [/^(?:must be defined|cannot be null)$|^is needed:/, () => "必须填写"],
  [/^unknown field$/, () => "没有这一项"],
  [/^(?:cannot be read as|is not a valid|is no) ([[A-Z][\w[\]!]*)/, (type) => `应为${typed(type)}`],
  [/^there are several lists/, () => "查询含有多个列表，请选定一个，或导出 Excel"],
  [/^there is no such list; the lists are (.+)$/, (lists) => `没有这个列表，可选 ${lists.replaceAll(", ", "、")}`],
  [/^there is no saved operation of this name/, () => "查询库中没有这个名称"],
];

/** Sentences about the query's text, and those without an argument. */
const sentences: [RegExp, (...found: string[]) => string][] = [
  [/^Cannot query field "(\w+)" on type "(\w+)"\.(?: Did you mean (.*)\?)?/, (field, type, near) => `${type} 没有字段 ${field}${near ? `；是否为 ${either(near)}？` : ""}`],
  [/^Unknown argument "(\w+)" on field "([\w.]+)"\.?(?: Did you mean (.*)\?)?/, (argument, field, near) => `${field} 没有参数 ${argument}${near ? `；是否为 ${either(near)}？` : ""}`],
  [/^Field "(\w+)" is not defined by type "(\w+)"/, (field, type) => `${type} 没有 ${field} 这一项`],
  [/^Field "(\w+)" must not have a selection/, (field) => `${field} 不是对象，请去掉其后的花括号`],
  [/^Fields "(\w+)" conflict because /, (name) => `${name} 指了不同的字段，请另取别名`],
  [/^There can be only one \w+ named "(\w+)"/, (name) => `${name} 重复`],
  [/^Fragment "(\w+)" is never used/, (name) => `片段 ${name} 没有用到`],
  [/^Fragment cannot be spread here as objects of type "(\w+)" can never be of type "(\w+)"/, (here, wanted) => `此处是 ${here}，不会是 ${wanted}`],
  [/^Unknown (directive|fragment|type) "(.*?)"/, (kind, name) => `没有${{ directive: "指令", fragment: "片段", type: "类型" }[kind] ?? ""} ${name}`],
  [/^Directive "(@\w+)" may not be used on /, (name) => `${name} 不能用在这里`],
  [/^(@\w+) is not supported/, (name) => `不支持 ${name}，请去掉`],
  [/^Field "(\w+)" of type .* must have a selection/, (field) => `${field} 是对象，请在花括号中选出要看的字段`],
  [/^(?:Field|Directive) "([@\w.]+)" argument "(\w+)" of type "(.*)" is required/, (field, argument) => `${field} 缺少参数 ${argument}`],
  [/^Variable "\$(\w+)" is not defined/, (name) => `变量 $${name} 没有声明`],
  [/^Variable "\$(\w+)" is never used/, (name) => `变量 $${name} 没有用到`],
  [/^Variable "\$(\w+)" of type "(.*)" used in position expecting type "(.*)"/, (name, is, wanted) => `变量 $${name} 声明为 ${is}，此处须为 ${wanted}`],
  [/^Expected value of type "(.*)", found another/, (type) => `应为${typed(type)}`],
  [/^Value does not exist in "(.*)" enum/, (type) => `${type.replace(/[[\]!]/g, "")} 没有这个值`],
  [/^Int cannot represent a whole number outside 32 bits/, () => "整数过大，应在 ±2147483647 以内"],
  [/^(Int|Float|String|Boolean|ID) cannot represent/, (type) => `应为${typed(type)}`],
  [/^Invalid text\b/, () => "文字中有不完整的字符（\\u 转义须成对）"],
  [/^Expected (\S+), found (.+?)\.?$/, (wanted, found) => `此处应为 ${wanted}，实为 ${token(found)}`],
  [/^Unexpected (.+?)\.?$/, (found) => `此处不应有 ${token(found)}`],
  [/^(\S+) is not valid UTF-8$/, (name) => `${places[name] ?? (name === "…" ? "参数" : name)}不是 UTF-8 编码（可能按 GBK 发送），请改用 UTF-8`],
  [/^query is missing/, () => "没有查询语句"],
  [/^the document has several operations/, () => "查询语句含有多个操作，请选定一个"],
  [/^the document has no operation named/, () => "查询语句中没有所选的操作"],
  [/^exceeded token limit of (\d+)$/, (most) => `查询语句过长，最多 ${most} 个词`],
  [/^the query selects nothing that could stand in a row$/, () => "查询没有选出可以成行的字段"],
  [/^Schema does not support operation type/, () => "本网关只供查询，不能修改数据"],
  [/ is not part of this deployment$/, () => "本网关没有接入该系统"],
  [/ ha[sd] no connection to spare/, () => "该系统连接已满，请稍后重试"],
  [/ gives no answers and is left alone until it does$/, () => "该系统没有响应，网关暂停查询，恢复后自动继续"],
  [/ has a damaged table, /, () => "该系统有数据表损坏，请联系其管理员修复"],
  [/^there are more than (\d+) records of (\w+), which a report does not read$/, (most, record) => `${record} 超过 ${most} 条，年度报告不予通读`],
  [/ has no longer a table or column that its mapping names$/, () => "映射所指的表或字段在该系统中已不存在，请联系管理员"],
  [/ answered with an error of its own$/, () => "该系统返回错误，请联系管理员"],
  [/ lets the gateway's account ask no more in this hour; /, () => "该系统给网关账号的本小时配额已用完，请联系管理员调高"],
  [/ refuses the gateway's account$/, () => "该系统拒绝了网关的账号，请联系管理员"],
  [/^the answer was not ready within (\S+);/, (time) => `${time} 内没有查完，请缩小范围后重试`],
  [/ has \d+ records of (\w+) under one key, and none/, (record) => `该系统中有多条 ${record} 共用一个主键，无法确定所指的是哪一条，请联系管理员`],
  [/^more than (\d+) .+ of (\w+) would be read at once/, (most, record) => `一次要读的 ${record} 超过 ${most} 条，请减少条数或缩小筛选范围`],
  [/^sign in first: /, () => "请先登录"],
  [/^the proof of who you are was not accepted: /, () => "身份未能核实，请重新登录，或向管理员申请新的密钥"],
  [/^the identity provider does not answer, /, () => "统一身份认证平台没有响应，暂时无法核实身份，请稍后再试"],
  [/^too many attempts to prove who you are have failed; /, () => "身份核实失败次数过多，请稍后再试"],
  [/^a page of another address sent this, /, () => "请求来自其他网站的页面，该网站不在允许的名单中"],
  [/^a page of another site cannot use your session$/, () => "其他网站的页面不能使用您的登录"],
  [/^the audit cannot be written, so nothing is shown unmasked /, () => "审计无法写入，暂不能查看明文或导出文件，请稍后再试或联系管理员"],
  [/^you are known here and may see nothing: /, () => "您已登录，但没有查询权限，请联系管理员"],
  [/^the file would have more than (\d+) rows/, (most) => `文件将超过 ${most} 行，请缩小范围`],
];

/** What holds for a whole class of errors. */
const classes: Record<string, string> = {
  SOURCE_UNAVAILABLE: "数据暂时取不到，请稍后重试；持续如此请联系管理员",
  SOURCE_ERROR: "该系统返回错误，请联系管理员",
  SOURCE_TIMEOUT: "没有按时答复，请缩小日期等条件的范围，或稍后重试",
  LIMIT_EXCEEDED: "一次查询的数据过多，请缩小范围或减少条数",
  OVERLOADED: "同时进行的查询过多，或所查的系统响应缓慢，请稍后重试，或少查一些",
  FORBIDDEN: "本网关的设置不允许这样查询，请联系管理员",
  AUDIT_UNAVAILABLE: "审计无法写入，暂不能查看明文或导出文件",
  UNAUTHENTICATED: "请先登录",
  INTERNAL: "网关出错，请把请求号（见“追踪”）告诉管理员",
  BAD_INPUT: "查询语句或条件有误",
};

/** The names that sentences use: of variables as forms ask for them, of inputs and systems as the schema describes them. */
export interface Names {
  variable(name: string): string | undefined;
  input(name: string): string | undefined;
  system(name: string): string;
}

/** What an error of the gateway says, in Chinese. */
export function complaint(error: GatewayError, names: Names): string {
  const { variable, argument, text } = taken(error);
  const { code = "INTERNAL", system } = error.extensions ?? {};
  if (variable !== undefined) return `${names.variable(variable) ?? "$" + variable}：${reason(text)}`;
  if (argument !== undefined) return `${place(argument, names)}：${reason(text, code)}`;
  const sentence = worded(sentences, text) ?? (halves(text).chinese || classes[code] || classes.INTERNAL);
  return system ? `${names.system(system)}：${sentence}` : sentence;
}

// taken tells what an error is about, and what it says of that.
function taken({ message, extensions }: GatewayError): { variable?: string; argument?: string; text: string } {
  const [, variable, value] = /^variable \$(\w+)[\w.]*: (.*)$/s.exec(message) ?? [];
  if (variable !== undefined) return { variable, text: value };
  const argument = extensions?.argument;
  if (argument && message.startsWith(argument + ": ")) return { argument, text: message.slice(argument.length + 2) };
  return { text: message };
}

/** Every pattern by which errors are worded. */
export const patterns: RegExp[] = [...reasons, ...sentences].map(([pattern]) => pattern);

/** The pattern by which an error is worded; undefined for one that is told by its code or in the gateway's own Chinese. */
export function patternOf(error: GatewayError): RegExp | undefined {
  const { variable, argument, text } = taken(error);
  return (variable ?? argument ? reasons : sentences).find(([pattern]) => pattern.test(text))?.[0];
}

const reason = (text: string, code = "BAD_INPUT") => worded(reasons, text) ?? (halves(text).chinese.replace(/。$/, "") || (code === "BAD_INPUT" ? "填写有误" : classes[code]));

function worded(known: typeof reasons, text: string): string | undefined {
  for (const [pattern, say] of known) {
    const found = pattern.exec(text);
    if (found) return say(...found.slice(1));
  }
  return undefined;
}

// place names an argument: 受理日期 · 起始日期（filter.acceptedOn.from）.
function place(argument: string, names: Names): string {
  const steps = argument.split(".").filter((step, i) => !/^\d+$/.test(step) && (i > 0 || step !== "filter" || argument === "filter"));
  const words = steps.map((step) => step.replace(/\[\d+\]$/, "")).map((step) => places[step] ?? names.input(step)).filter((word) => word !== undefined);
  return words.length === 0 ? argument : `${words.join(" · ")}（${argument}）`;
}

const either = (near: string) => near.replaceAll('"', "").replace(/,? or /g, "、").replaceAll(", ", "、");

const token = (found: string) => ({ "<EOF>": "结尾", "stray character or broken text": "无法识别的字符" })[found] ?? found;
