import { say } from "./language";

const names: Record<string, [string, string]> = {
  BAD_INPUT: ["输入有误", "Wrong input"],
  SOURCE_UNAVAILABLE: ["业务系统无法连接", "A system cannot be reached"],
  SOURCE_ERROR: ["业务系统出错", "A system answered with an error"],
  SOURCE_TIMEOUT: ["业务系统答复超时", "A system did not answer in time"],
  LIMIT_EXCEEDED: ["超出限制", "Too large"],
  OVERLOADED: ["查询过多，请稍候", "Too much at once"],
  FORBIDDEN: ["不允许", "Not allowed"],
  AUDIT_UNAVAILABLE: ["审计无法写入", "The audit cannot be written"],
  UNAUTHENTICATED: ["需要登录", "Not signed in"],
  INTERNAL: ["网关内部错误", "A defect of the gateway"],
};

const states: Record<string, [string, string]> = {
  OK: ["正常", "OK"],
  UNAVAILABLE: ["无法连接", "Unreachable"],
  TIMEOUT: ["超时", "Too slow"],
  FAILED: ["失败", "Failed"],
};

const named = (known: [string, string] | undefined, code: string) => (known ? say(...known) : code);

/** How a system took part in an answer, in the language of the page. */
export const stateName = (state: string): string => named(states[state], state);

/** What a stable code means, in the language of the page; an unknown code as it is. */
export const faultName = (code = "INTERNAL"): string => named(names[code], code);
