// Why an operation is not saved, in Chinese. The gateway's own sentences are English, and
// one that is not known here stands as it is; complaints.json holds them all.

/** What is wrong with the operation; the file's name and line go before. */
const findings: [RegExp, (...found: string[]) => string][] = [
  [/^the comment at the top lacks title/, () => "缺少标题"],
  [/^the operation does not parse/, () => "查询语句有语法错误"],
  [/^a file holds one operation, this one has (\d+)$/, (count) => `只能保存一个操作，现有 ${count} 个`],
  [/^the comment describes (\$\w+), which the operation does not have$/, (name) => `查询语句没有变量 ${name}`],
  [/^the comment labels (\S+), which the operation does not have/, (place) => `查询语句没有 ${place}，不能为其命名`],
  [/^the label of (\S+) is empty$/, (place) => `${place} 的列名为空`],
  [/^this looks like a person's number/, () => "查询语句中有疑似身份证号或手机号，请改用变量"],
];

const refusals: typeof findings = [
  [/^saving is switched off here$/, () => "本网关不允许保存查询"],
  [/^the name is the file's: up to (\d+) /, (most) => `文件名最多 ${most} 个小写字母、数字和连字符，以字母或数字开头`],
  [/^send the operation as application\/json$|^the body is no saved operation in JSON/, () => "请求内容有误或过长"],
  [/^the operation could not be written$/, () => "查询库目录无法写入，请联系管理员"],
];

/** What the gateway says when it does not save, in Chinese; undefined for a sentence that is not known. */
export function refusal(text: string): string | undefined {
  const told = text.split("\n").map((line) => {
    const [, at, finding] = /^[a-z0-9-]+\.graphql:(\d+): (.*)$/.exec(line) ?? [];
    return finding === undefined ? worded(refusals, line) : worded(findings, finding) && `第 ${at} 行：${worded(findings, finding)}`;
  });
  return told.every((line) => line !== undefined) ? told.join("；") : undefined;
}

function worded(known: typeof findings, text: string): string | undefined {
  for (const [pattern, say] of known) {
    const found = pattern.exec(text);
    if (found) return say(...found.slice(1));
  }
  return undefined;
}

/** Every pattern above. */
export const patterns: RegExp[] = [...refusals, ...findings].map(([pattern]) => pattern);
