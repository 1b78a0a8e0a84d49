// The playground in a real browser, against a running demo with a library to save in:
//
//	go run ./cmd/demo -scale 0.05 -library "$(mktemp -d)"
//	node test/browser.mjs http://127.0.0.1:8080
//
// Every request that would leave the gateway fails the test, as does any message of the
// content security policy, any error on the console, and any finding of axe-core.
// Screenshots go to .browser-test for people to look at.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { strFromU8, unzipSync } from "fflate";
import { chromium } from "playwright-core";

const gateway = process.argv[2]?.replace(/\/$/, "");
assert.ok(gateway, "give the gateway's address");
const pictures = new URL("../.browser-test/", import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN", colorScheme: "light", reducedMotion: "reduce" });
await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: gateway });
const page = await context.newPage();
page.setDefaultTimeout(Number(process.env.STEP_MILLISECONDS ?? 10_000));

const strange = [];
context.on("request", (request) => {
  const url = request.url();
  if (!url.startsWith(gateway + "/") && !/^(data|blob):/.test(url)) strange.push("request to " + url);
});
context.on("requestfailed", (request) => {
  // Leaving a page ends what it was still loading.
  if (request.failure()?.errorText !== "net::ERR_ABORTED") strange.push(`failed request ${request.url()}: ${request.failure()?.errorText}`);
});
page.on("pageerror", (error) => strange.push("script error " + error.stack));
page.on("console", (message) => {
  if (["error", "warning"].includes(message.type())) strange.push(message.type() + " on the console: " + message.text());
});

let passed = 0;
const failures = [];
async function test(name, body) {
  try {
    await body();
    assert.deepEqual(strange, [], "nothing strange happens");
    passed++;
    console.log("ok   " + name);
  } catch (error) {
    console.log(`FAIL ${name}\n${error.stack}`);
    failures.push(name);
    strange.length = 0;
    await picture("failure-" + failures.length);
  }
}

const tab = (name) => page.getByRole("tab", { name, exact: true });
const button = (name) => page.getByRole("button", { name, exact: true });
const entry = (title) => page.locator(".side .entry", { hasText: title }).first();
const picture = (name) => page.screenshot({ path: pictures + name + ".png" });

async function accessible(where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    // Monaco's inside is Monaco's: its suggestion list and its lines are not ours to change.
    globalThis.axe.run({ exclude: [[".monaco-editor"]] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
  const findings = violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary}`));
  assert.deepEqual(findings, [], where);
}

async function type(text) {
  await page.locator(".ask .view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

// saved presses the export button and gives the file's bytes.
async function saved() {
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".export .run").click()]);
  return readFileSync(await file.path());
}

// workbook exports, and reads each sheet of the workbook as rows of texts.
async function workbook() {
  const files = unzipSync(await saved());
  const text = (name) => strFromU8(files[name]);
  const plain = (xml) => xml.replace(/<[^>]+>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#34;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  const targets = Object.fromEntries([...text("xl/_rels/workbook.xml.rels").matchAll(/<Relationship [^>]*>/g)].map(([r]) => [/Id="([^"]+)"/.exec(r)[1], /Target="([^"]+)"/.exec(r)[1]]));
  return Object.fromEntries([...text("xl/workbook.xml").matchAll(/<sheet name="([^"]+)"[^>]* r:id="([^"]+)"/g)].map(([, name, id]) => {
    const sheet = text("xl/" + targets[id].replace(/^\/?(xl\/)?/, ""));
    return [name, [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => [...row.matchAll(/<c [^>]*?(?:\/>|>(.*?)<\/c>)/gs)].map(([, cell]) => plain(cell ?? "")))];
  }));
}

try {
  // How long it takes depends on what else the machine does, so it is told and not tested;
  // what it costs the network is the same everywhere.
  await test("the editor is there, and small", async () => {
    await page.goto(gateway + "/");
    await button("编写查询").click();
    await page.waitForSelector(".ask .monaco-editor .view-line");
    const milliseconds = await page.evaluate(() => performance.now());
    const bytes = await page.evaluate(() => performance.getEntriesByType("resource").filter((r) => /assets/.test(r.name)).reduce((sum, r) => sum + r.encodedBodySize, 0));
    console.log(`     editor after ${Math.round(milliseconds)} ms, ${(bytes / 1e6).toFixed(2)} MB received`);
    assert.ok(bytes < 1.6e6, `${bytes} bytes`);
    await page.waitForSelector(".systems li");
    assert.equal(await page.locator(".systems li").count(), 5);
  });

  await test("the first page says how to begin, and shows an example", async () => {
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await page.locator(".welcome", { hasText: "查询库" }).waitFor();
    await page.waitForSelector(".side .entry");
    assert.ok(!await page.locator(".ask .view-line").first().isVisible(), "who looks reads no GraphQL");
    await picture("0-first");
    await accessible("first page");
    await button("编写查询").click();
    await page.locator(".ask .view-lines", { hasText: "judicialOffice" }).waitFor();
    await picture("0-writing");
    await accessible("writing");
    await button("执行").click();
    await page.locator(".answer thead", { hasText: "司法所名称" }).waitFor();
    await page.reload();
    await page.locator(".welcome").waitFor();
    assert.equal(await button("编写查询").getAttribute("aria-pressed"), "true", "how the page was used is remembered");
    await page.waitForSelector(".ask .monaco-editor .view-line");
    await button("看一个例子").click();
    await page.waitForSelector(".answer tbody td");
    assert.equal(await page.locator(".side [aria-current]").count(), 1);
    assert.equal(await page.locator(".welcome").count(), 0);
  });

  await test("a saved query runs and shows its table in Chinese", async () => {
    await entry("最近的法律援助案件").click();
    await page.waitForFunction(() => document.querySelectorAll(".answer tbody tr").length === 50);
    const headers = await page.locator(".answer thead th button").allInnerTexts();
    assert.ok(headers.some((h) => h.includes("案件状态")), headers.join());
    assert.match(await page.locator(".answer tbody").innerText(), /〔20\d\d〕/);
    assert.equal(await page.locator(".ask .unicode-highlight, .ask .bracket-highlighting-unexpected").count(), 0);
    await picture("1-table");
    await accessible("table");
  });

  await test("a column sorts and can be hidden", async () => {
    const header = page.locator(".answer thead th", { hasText: "受理日期" });
    await header.getByRole("button").click();
    assert.equal(await header.getAttribute("aria-sort"), "ascending");
    const days = (await page.locator(".answer tbody tr td:nth-child(4)").allInnerTexts()).filter((d) => /^\d/.test(d));
    assert.deepEqual(days, [...days].sort());
    await page.locator("summary", { hasText: "选择列" }).click();
    await page.locator(".menu-body label", { hasText: "受理日期" }).click();
    assert.equal(await header.count(), 0);
    await page.locator("summary", { hasText: "选择列" }).click();
  });

  await test("the table is exported as CSV for Excel", async () => {
    const [file] = await Promise.all([page.waitForEvent("download"), button("导出 CSV").click()]);
    const text = readFileSync(await file.path(), "utf8");
    assert.equal(text.charCodeAt(0), 0xfeff);
    assert.match(text, /案件状态.*\r\n/);
    assert.equal(text.split("\r\n").length, 53);
    assert.match(text.split("\r\n")[51], /只有前 50 条，不是全部/, "a part says so");
    assert.equal(file.suggestedFilename(), "法律援助案件列表（部分）.csv");
  });

  await test("the gateway's workbook holds what the table shows, and says what it is", async () => {
    const shown = await page.locator(".answer tbody tr").first().locator("td").allInnerTexts();
    await tab("导出").click();
    await picture("12-export");
    await accessible("export");
    await button("查询所取的条数").click();
    await page.locator(".export .conditions", { hasText: "只是“法律援助案件列表”的前 50 条" }).waitFor();
    const book = await workbook();
    const [sheet, about] = Object.values(book);
    assert.deepEqual(Object.keys(book), ["法律援助案件列表", "说明"]);
    assert.equal(sheet.length, 52);
    assert.match(sheet[51][0], /只有前 50 条，不是全部/);
    assert.ok(about.some((row) => row.includes("部分")), about.join("\n"));
    assert.ok(sheet[0].includes("案件状态"), sheet[0].join());
    assert.ok(sheet.some((row) => shown[1] === row[0] && shown[2] === row[1]), `${shown} is not in the workbook`);
    assert.match(sheet[1][2], /^4\d{4}$/, "a day is a day to Excel");
    assert.ok(about.flat().some((text) => text.includes("NewestLegalAidCases")), about.flat().join("\n"));
    await page.locator(".export", { hasText: "共 50 行" }).waitFor();
    await button("全部记录").click();
    await button("两者").click();
    await button("代码").click();
    const whole = Object.values(await workbook())[0];
    assert.ok(whole.length > 51, whole.length + " rows");
    assert.ok(whole[0].some((head) => head.endsWith(" status")), whole[0].join());
    assert.ok(whole.some((row) => row.includes("CLOSED") || row.includes("ARCHIVED")));
  });

  await test("CSV and JSON are exported in the same pane", async () => {
    await page.getByLabel("CSV 文本").check();
    await button("GB18030").click();
    const csv = new TextDecoder("gb18030").decode(await saved());
    assert.match(csv.split("\r\n")[0], /案件状态 status/);
    await page.getByLabel("JSON 原始答复").check();
    assert.equal(JSON.parse((await saved()).toString()).data.legalAidCases.nodes.length, 50);
    await page.getByLabel("CSV 文本").check();
  });

  await test("of several lists one is chosen for CSV, and a refusal is told", async () => {
    await entry("一个镇街的近期业务").click();
    await page.waitForFunction(() => document.querySelector(".purpose")?.textContent.includes("一个镇街"));
    const lists = page.locator(".export select");
    await lists.waitFor();
    const labels = await lists.locator("option").allInnerTexts();
    for (const label of labels) {
      await lists.selectOption({ label });
      assert.ok((await saved()).length > 0, label);
    }
    await type("{ legalAidCases(first: 500) { nodes { number } } }");
    await button("执行").click();
    await page.locator(".outcome.bad").waitFor();
    await button("查询所取的条数").click();
    await button("导出").click();
    await page.locator(".export .errors", { hasText: "输入有误" }).waitFor();
    strange.splice(0, strange.length, ...strange.filter((s) => !s.includes("status of 400"))); // Chromium reports the refusal on the console
    await tab("表格").click();
    await page.locator(".answer .errors", { hasText: "输入有误：条数（first）：500 不在 1 到 200 之间" }).waitFor();
    await page.locator(".answer .notice", { hasText: "没有取到" }).waitFor();
    await accessible("errors");
  });

  await test("what the table shows is what the gateway's file holds, over the library", async () => {
    const { operations } = await page.evaluate(() => fetch("playground/queries").then((answer) => answer.json()));
    let compared = 0;
    for (const { name, title, query, variables } of operations) {
      const unset = [...query.matchAll(/\$(\w+): [\w[\]!]+!(?! =)/g)].filter(([, v]) => !variables.some((hint) => hint.name === v && hint.default !== undefined));
      if (unset.length > 0) continue; // it waits for a person's number
      await entry(title).click();
      await page.waitForFunction((open) => location.hash === "#open=" + open && document.querySelector(".answer-pane").ariaBusy === "false" && /毫秒/.test(document.querySelector(".outcome")?.textContent), name);
      await tab("表格").click();
      const chips = page.locator(".lists button");
      const files = [];
      for (let i = 0; i < Math.max(1, await chips.count()); i++) {
        if (await chips.count() > 0) await chips.nth(i).click();
        const headings = (await page.locator(".answer thead th button").allInnerTexts()).map((text) => text.trim());
        const [file] = await Promise.all([page.waitForEvent("download"), button("导出 CSV").click()]);
        files.push({ headings, text: readFileSync(await file.path(), "utf8") });
      }
      await tab("导出").click();
      await page.getByLabel("CSV 文本").check();
      await button("查询所取的条数").click(); // what the table has
      const lists = page.locator(".export select");
      for (const [i, { headings, text }] of files.entries()) {
        if (files.length > 1) await lists.selectOption({ index: i });
        const made = (await saved()).toString("utf8");
        assert.deepEqual(made.slice(1).split("\r\n")[0].split(","), headings, `${name}: headings`);
        assert.deepEqual(text.split("\r\n"), made.split("\r\n"), `${name}: rows`);
        compared++;
      }
    }
    await tab("表格").click();
    console.log(`     ${compared} tables compared`);
    assert.ok(compared > 12, "the library has lists and statistics");
  });

  // answer asks the gateway beside the page.
  const answer = async (query) => (await page.evaluate((query) => fetch("graphql", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ query }) }).then((r) => r.json()), query)).data;
  const chart = () => page.locator(".chart").getAttribute("aria-label");
  const choice = (name) => page.getByRole("combobox", { name: new RegExp("^" + name) });
  const number = (cell) => (cell === undefined || cell === "" ? 0 : Number(cell));

  await test("a record with several rows is one record: in the table, the chart, the sheet", async () => {
    const query = `{ departments { name challenged: reconsiderationCasesAsRespondent(first: 1) { totalCount }
      cases: reconsiderationCasesAsRespondent(first: 50) { nodes { number hearings { kind } } } } }`;
    const { departments } = await answer(query);
    const most = departments.toSorted((a, b) => b.challenged.totalCount - a.challenged.totalCount)[0];
    assert.ok(most.cases.nodes.length > 3, "a department has several cases");
    await tab("表格").click();
    await type(query);
    await button("执行").click();
    await page.locator(".answer .count", { hasText: `${departments.length} 条记录，` }).waitFor();
    const cells = page.locator(".answer tbody td").filter({ hasText: new RegExp("^" + most.name + "$") });
    assert.equal(await cells.count(), 1, "its name stands once");
    assert.ok(Number(await cells.first().getAttribute("rowspan")) >= most.cases.nodes.length);
    await picture("20-merged");
    await accessible("merged cells");
    await tab("图表").click();
    await choice("分组").selectOption({ index: 0 });
    await choice("数值").selectOption({ label: (await choice("数值").locator("option").allInnerTexts()).find((text) => text.includes("challenged")) });
    await page.waitForSelector(".chart svg text");
    await picture("21-counted-once");
    const shownFirst = departments.slice(0, 5).map((d) => `${d.name} ${d.challenged.totalCount}`).join("，");
    assert.ok((await chart()).endsWith(shownFirst), `${await chart()} is not ${shownFirst}`);
    // By what the cases have, a department's figure cannot be split: it is not offered.
    await choice("分组").selectOption({ label: (await choice("分组").locator("option").allInnerTexts()).find((text) => text.includes("案号")) });
    assert.ok(!(await choice("数值").locator("option").allInnerTexts()).some((text) => text.includes("challenged")));
    await tab("导出").click();
    const [sheet, about] = Object.values(await workbook());
    const column = sheet[0].findIndex((head) => head.includes("challenged"));
    const sum = sheet.slice(1).reduce((n, row) => n + (/^\d+$/.test(row[column] ?? "") ? number(row[column]) : 0), 0);
    assert.equal(sum, departments.reduce((n, d) => n + d.challenged.totalCount, 0), "the column adds up to the departments' figures");
    assert.ok(about.flat().some((text) => text.includes("数字只填在第一行")), about.join("\n"));
    await page.locator(".export [role=status]", { hasText: "数字只填第一行" }).waitFor();
  });

  await test("the annual report's figures count once", async () => {
    await entry("问题二十").click();
    await tab("图表").click();
    const { annualReport } = await answer("{ annualReport(year: 2023) { figures { name value remarks { count } } } }");
    assert.ok(annualReport.figures.some((f) => f.remarks.length > 1), "a figure has several remarks");
    await page.waitForFunction(() => document.querySelector(".lists")?.textContent.includes("数据质量"));
    await choice("分组").waitFor();
    // By what each figure is called a value is that of the report, however many remarks it has.
    const figures = new Map(annualReport.figures.map((f) => [f.name, Number(f.value ?? 0)]));
    await page.waitForFunction((name) => document.querySelector(".chart")?.ariaLabel.includes(name), annualReport.figures[0].name);
    await choice("数值").selectOption({ label: (await choice("数值").locator("option").allInnerTexts()).find((text) => text.endsWith("数值") && !text.includes("全部")) });
    const told = /。(.*)/.exec(await chart())[1].split("，").map((one) => one.split(" "));
    assert.equal(told.length, 5);
    for (const [name, value] of told) assert.equal(Number(value), figures.get(name), name);
    await picture("22-annual-report");
    await tab("表格").click();
  });

  await test("a part is never shown as the whole, and is loaded to its end", async () => {
    await tab("表格").click();
    const { notarialMatters: { totalCount } } = await answer("{ notarialMatters(first: 1) { totalCount } }");
    await type("query Some { notarialMatters(first: 50) { totalCount nodes { number type town { name } } } }");
    await button("执行").click();
    await page.locator(".answer .part", { hasText: `只取了前 50 条，共 ${totalCount} 条` }).waitFor();
    await picture("23-part");
    await accessible("a part");
    await tab("图表").click();
    await page.locator(".answer .part", { hasText: `图中只有前 50 条，共 ${totalCount} 条，不是全部` }).waitFor();
    await page.waitForSelector(".chart svg text");
    await picture("24-part-chart");
    // The file has all by default, and says so when it has not.
    await tab("导出").click();
    let [sheet, about] = Object.values(await workbook());
    assert.equal(sheet.length, totalCount + 1);
    assert.ok(!about.some((row) => row.includes("部分")), about.join("\n"));
    await button("查询所取的条数").click();
    const [part] = await Promise.all([page.waitForEvent("download"), page.locator(".export .run").click()]);
    assert.match(part.suggestedFilename(), /（部分）\.xlsx$/);
    await page.locator(".export [role=status]", { hasText: "不是全部：notarialMatters" }).waitFor();
    await picture("25-part-export");
    await accessible("export of a part");
    await tab("图表").click();
    await button("载入全部").click();
    await page.locator(".answer .part").waitFor({ state: "detached", timeout: 60_000 });
    await tab("表格").click();
    assert.match(await page.locator(".answer .count").innerText(), new RegExp(`${totalCount} 行`));
    const [file] = await Promise.all([page.waitForEvent("download"), button("导出 CSV").click()]);
    assert.equal(file.suggestedFilename().includes("部分"), false);
    assert.equal(readFileSync(await file.path(), "utf8").split("\r\n").length, totalCount + 2);
    // Of lists inside records that go on it is said too.
    await type("{ towns { name legalAidCases(first: 2) { nodes { number } } } }");
    await button("执行").click();
    await page.locator(".answer .part", { hasText: "个下级列表（towns.legalAidCases）没有取全" }).waitFor();
  });

  await test("a change that was not run is exported as it stands in the form, and said", async () => {
    await tab("表格").click();
    await entry("某一时段、某一类的法律援助案件").click();
    await page.locator(".answer thead th", { hasText: "受理日期" }).first().waitFor(); // not the table of before
    await page.locator(".variables").getByLabel("受理起始日").fill("2023-10-01");
    await page.locator(".answer .part", { hasText: "条件或查询已改动" }).waitFor();
    await picture("26-stale");
    const [old] = await Promise.all([page.waitForEvent("download"), button("导出 CSV").click()]);
    assert.ok(readFileSync(await old.path(), "utf8").includes("2023-0"), "the table's file is what is shown");
    await page.locator(".made", { hasText: "文件仍是改动前的结果" }).waitFor();
    await tab("导出").click();
    await page.locator(".export .conditions", { hasText: "文件按当前填写的条件生成" }).waitFor();
    await page.locator(".export .conditions", { hasText: "受理起始日 2023-10-01" }).waitFor();
    const [sheet, about] = Object.values(await workbook());
    const { legalAidCases: { totalCount } } = await answer('{ legalAidCases(first: 1, filter: { acceptedOn: { from: "2023-10-01", before: "2024-01-01" } }) { totalCount } }');
    assert.equal(sheet.length, totalCount + 1);
    assert.ok(about.flat().some((text) => text.includes("2023-10-01")), about.join("\n"));
    await page.locator(".export [role=status]", { hasText: "按当前填写的条件，不是屏幕上所示的结果" }).waitFor();
    await picture("27-stale-export");
    await accessible("export of a change");
    await page.getByLabel("JSON 原始答复").check();
    await page.locator(".export .conditions", { hasText: "改动前的结果" }).waitFor();
    await page.getByLabel("Excel 工作簿").check();
    await tab("表格").click();
    await button("重新执行").click();
    await page.locator(".answer .part", { hasText: "已改动" }).waitFor({ state: "detached" });
  });

  await test("aliases have Chinese headings, from the library or told apart", async () => {
    await entry("问题三").click();
    await tab("表格").click();
    await page.waitForFunction(() => document.querySelector(".answer thead")?.textContent.includes("其中劳动报酬"));
    assert.deepEqual((await page.locator(".answer thead th button").allInnerTexts()).map((text) => text.trim()),
      ["镇街", "普法活动", "行政复议", "其中征收拆迁", "其中行政处罚", "法律援助", "其中劳动报酬", "其中人身损害"]);
    await picture("18-labels");
    await type("{ towns { name a: legalAidCases(first: 1) { totalCount } b: legalAidCases(first: 1, filter: { kind: [CIVIL] }) { totalCount } } }");
    await button("执行").click();
    await page.waitForFunction(() => document.querySelector(".answer thead")?.textContent.includes("（b）"));
    assert.match((await page.locator(".answer thead th button").allInnerTexts()).join(), /^名称,本镇街工作站受理的法律援助案件（a）,本镇街工作站受理的法律援助案件（b）$/);
  });

  await test("what is wrong is told in Chinese, with the gateway's sentence below", async () => {
    for (const [query, text, original] of [
      ['{ legalAidCases(filter: { town: ["火星"] }) { nodes { number } } }', "镇街（filter.town）：没有“火星”", "is no town or street"],
      ['{ legalAidCases(filter: { acceptedOn: { from: "2024-01-01", before: "2023-01-01" } }) { nodes { number } } }', "受理日期（filter.acceptedOn）：起始 2024-01-01 应在截止 2023-01-01 之前", "must lie before"],
      ["{ legalAidCases { nodes { numbr } } }", "LegalAidCase 没有字段 numbr；是否为 number", "Cannot query field"],
    ]) {
      await type(query);
      await button("执行").click();
      await page.locator(".answer .errors li", { hasText: text }).waitFor();
      assert.ok((await page.locator(".answer .errors small").allInnerTexts()).join().includes(original), original);
    }
    await picture("19-errors");
    await accessible("errors in Chinese");
    strange.splice(0, strange.length, ...strange.filter((s) => !s.includes("status of 400")));
    await entry("问题四").click();
    await page.getByLabel("身份证号").waitFor();
    await page.locator(".ask .run").click();
    await page.locator(".answer .errors li", { hasText: "身份证号：必须填写" }).waitFor();
    strange.splice(0, strange.length, ...strange.filter((s) => !s.includes("status of 400")));
  });

  await test("a list without records says so; a change makes an answer stale", async () => {
    await type('{ legalAidCases(filter: { number: { prefix: "没有" } }) { totalCount nodes { number status } } }');
    await page.locator(".outcome", { hasText: "已改动" }).waitFor();
    await button("执行").click();
    await page.locator(".answer .notice", { hasText: "没有符合条件的记录" }).waitFor();
    assert.match(await page.locator(".answer .count").innerText(), /0 行，2 列；共 0 条记录/);
    await picture("14-empty");
  });

  await test("statistics by month are a line in time, and rates are not added up", async () => {
    await entry("法律援助案件按月统计").click();
    await tab("图表").click();
    await page.waitForFunction(() => document.querySelector(".chart")?.ariaLabel.includes("2023年1月"));
    assert.equal(await button("折线").getAttribute("aria-pressed"), "true");
    const months = /。(.*)/.exec(await page.locator(".chart").getAttribute("aria-label"))[1].split("，").map((text) => text.split(" ")[0]);
    assert.deepEqual(months, ["2023年1月", "2023年2月", "2023年3月", "2023年4月", "2023年5月"]);
    assert.equal(await page.getByLabel("数值").locator("option:checked").innerText(), "件数");
    await picture("15-line");
    await type("{ legalAidCaseStats(groupBy: [KIND, RECEIVED_YEAR]) { groups { key { dimension label } count grantRate { value } } } }");
    await button("执行").click();
    await page.waitForFunction(() => document.querySelector(".chart")?.ariaLabel.includes("民事"));
    assert.deepEqual(await page.getByLabel("数值").locator("option").allInnerTexts(), ["件数", "记录条数"]);
    await tab("表格").click();
  });

  await test("a system that does not answer is named, and its list is not taken for empty", async () => {
    // The gateway's own answer, as it is while legal aid is down.
    await page.route("**/graphql", async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      if (answer.data?.town) {
        answer.data.town.legalAidCases = null;
        answer.errors = [{ message: "legal aid cannot be reached", path: ["town", "legalAidCases"], extensions: { code: "SOURCE_UNAVAILABLE", system: "LEGAL_AID" } }];
        for (const source of answer.extensions.sources) if (source.system === "LEGAL_AID") Object.assign(source, { status: "UNAVAILABLE", rows: 0 });
      }
      for (const system of answer.data?.systems ?? []) if (system.system === "LEGAL_AID") system.available = false;
      await route.fulfill({ response, json: answer });
    });
    await page.reload();
    await page.locator(".systems .down", { hasText: "法律援助（不可用）" }).waitFor();
    await entry("一个镇街的近期业务").click();
    await page.locator(".answer .errors", { hasText: "业务系统无法连接" }).waitFor();
    await page.locator(".lists button", { hasText: "—" }).click();
    await page.locator(".answer .notice", { hasText: "没有取到" }).waitFor();
    const [lacking] = await Promise.all([page.waitForEvent("download"), button("导出 CSV").click()]);
    assert.match(lacking.suggestedFilename(), /（不完整）\.csv$/);
    assert.match(readFileSync(await lacking.path(), "utf8"), /数据不完整 · not whole: SOURCE_UNAVAILABLE LEGAL_AID/);
    await page.locator(".made", { hasText: "文件末行注明了缺少什么" }).waitFor();
    await picture("16-down");
    await accessible("a system down");
    await tab("追踪").click();
    await page.locator(".trace td.bad", { hasText: "无法连接" }).waitFor();
    await picture("17-down-trace");
    await page.unroute("**/graphql");
    await page.reload();
    await page.waitForSelector(".side .entry");
  });

  await test("the query's text can be put away", async () => {
    await entry("某一时段、某一类的法律援助案件").click();
    await page.waitForSelector(".answer tbody td");
    const width = async () => (await page.locator(".answer").boundingBox()).width;
    const narrow = await width();
    await button("查数据").click();
    assert.ok(await width() > narrow + 300);
    await page.locator(".variables").getByLabel("案件类型").selectOption({ label: "民事" });
    await page.locator(".ask .run").click();
    await page.waitForFunction(() => !document.querySelector(".answer tbody")?.textContent.includes("刑事"));
    await picture("13-plain");
    await accessible("without the text");
    await button("编写查询").click();
    assert.ok(await width() < narrow + 10);
  });

  await test("figures of five systems by town are drawn", async () => {
    await entry("各镇街五个系统的业务量").click();
    await tab("图表").click();
    await page.waitForFunction(() => document.querySelector(".chart")?.ariaLabel.includes("城厢街道"));
    await page.waitForSelector(".chart svg text");
    await picture("2-bar");
    await button("饼图").click();
    await page.waitForSelector(".chart svg");
    await picture("3-pie");
    await button("折线").click();
    await page.waitForSelector(".chart svg");
    await accessible("chart");
  });

  await test("the trace names systems, statements and time", async () => {
    await tab("追踪").click();
    const text = await page.locator(".trace").innerText();
    for (const word of ["合法性审查", "行政复议", "法律援助", "公证", "普法宣传", "语句数", "毫秒"]) assert.ok(text.includes(word), word);
    await entry("公证事项及其数据问题").click();
    await page.waitForFunction(() => document.querySelector(".trace .plain") !== null);
    await picture("4-trace");
    await accessible("trace");
  });

  await test("a form asks for the variables", async () => {
    await entry("一个镇街的近期业务").click();
    const field = page.getByLabel("镇街名称或代码");
    assert.equal(await field.inputValue(), "临浦镇");
    await field.fill("河上镇");
    await field.press("Enter");
    await tab("表格").click();
    await page.waitForFunction(() => document.querySelector(".answer tbody")?.textContent.includes("河上镇"));
  });

  await test("the editor completes by Chinese name and by pinyin initials", async () => {
    for (const typed of ["zt", "状态"]) {
      await type("{ legalAidCases { nodes { " + typed);
      await page.keyboard.press("ControlOrMeta+Space");
      await page.waitForSelector(".suggest-widget.visible .monaco-list-row");
      const rows = await page.locator(".suggest-widget.visible .monaco-list-row").allInnerTexts();
      assert.ok(rows.some((row) => /^status\s/.test(row)), `${typed}: ${rows.join(" | ")}`);
      if (typed === "zt") await picture("5-completion");
      await page.waitForSelector(".suggest-widget.visible .monaco-list-row.focused");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => /nodes \{ status/.test(document.querySelector(".ask .view-lines").innerText.replaceAll("\u00a0", " ")));
    }
  });

  await test("the documentation is searched by Chinese name and by pinyin initials", async () => {
    await tab("文档").click();
    for (const typed of ["zt", "状态", "status"]) {
      await page.getByLabel("查找文档").fill(typed);
      await page.waitForSelector(".hits code");
      const hits = await page.locator(".hits code").allInnerTexts();
      assert.ok(hits.some((hit) => hit.endsWith(".status")), `${typed}: ${hits.join()}`);
    }
    await picture("6-docs");
    await accessible("documentation");
    await page.getByLabel("查找文档").fill("LegalAidCase");
    await page.locator(".hits .entry").first().click();
    assert.match(await page.locator(".members").innerText(), /案件状态/);
    await accessible("a type's page");
  });

  await test("fields are picked in the tree", async () => {
    await tab("选字段").click();
    await type("");
    const root = page.locator(".twig", { has: page.locator("code", { hasText: /^notarialMatters$/ }) });
    await root.locator("input").check();
    await page.waitForFunction(() => document.querySelector(".ask .view-lines").innerText.includes("notarialMatters"));
    await root.locator(".arrow").waitFor();
    await page.locator(".tree .tree .twig", { has: page.locator("code", { hasText: /^fee$/ }) }).locator("input").first().check();
    await page.waitForFunction(() => document.querySelector(".ask .view-lines").innerText.includes("fee"));
    await picture("7-picker");
    await accessible("field picker");
    await page.keyboard.press("ControlOrMeta+Enter");
    await button("执行").click();
    await page.waitForFunction(() => document.querySelector(".answer thead")?.textContent.includes("费"));
  });

  await test("a link opens the query and holds no variables", async () => {
    await button("分享链接").click();
    await page.waitForFunction(() => location.hash.startsWith("#query="));
    const link = page.url();
    const other = await context.newPage();
    await other.goto(link);
    await other.waitForFunction(() => document.querySelector(".ask .view-lines")?.innerText.includes("notarialMatters"));
    await other.close();
    await type('{ person(residentId: "330199199001010012") { id } }');
    await button("分享链接").click();
    await page.waitForFunction(() => document.querySelector(".note").textContent.includes("疑似身份证号"));
  });

  await test("why a query is not saved is told in Chinese", async () => {
    await type("query One { towns { name } } query Two { towns { code } }");
    await button("保存").click();
    await page.getByLabel("标题", { exact: true }).fill("两个操作");
    await page.getByLabel("文件名").fill("two-operations");
    await page.locator("dialog").getByRole("button", { name: "保存", exact: true }).click();
    const alert = page.locator("dialog [role=alert]");
    await alert.waitFor();
    strange.splice(0, strange.length, ...strange.filter((s) => !s.includes("status of 400")));
    assert.match(await alert.innerText(), /^第 \d+ 行：只能保存一个操作，现有 2 个\s+two-operations\.graphql:\d+: a file holds one operation/);
    await accessible("dialog");
    await page.locator("dialog").getByRole("button", { name: "取消", exact: true }).click();
    await page.locator("dialog").waitFor({ state: "detached" });
  });

  await test("a query is saved to the library and found there", async () => {
    assert.ok(await button("保存").isVisible(), "start the demo with -library DIR");
    await type("query Departments { departments { code called: name reviews: legalityReviews(first: 1) { totalCount } } }");
    await button("保存").click();
    await page.getByLabel("标题", { exact: true }).fill("全部部门");
    await page.getByLabel("文件名").fill("all-departments");
    await page.getByLabel("标签").fill("试验");
    await page.locator("dialog .labels label", { hasText: "reviews" }).locator("input").fill("送审件数");
    await picture("8-save");
    await accessible("dialog");
    await page.locator("dialog").getByRole("button", { name: "保存", exact: true }).click();
    await page.locator("dialog").waitFor({ state: "detached" });
    await tab("查询库").click();
    await entry("全部部门").click();
    await page.locator(".answer thead", { hasText: "送审件数" }).waitFor();
    assert.ok(await page.locator(".answer tbody tr").count() > 10);
    assert.ok(page.url().endsWith("#open=all-departments"), page.url());
    assert.deepEqual((await page.locator(".answer thead th button").allInnerTexts()).map((text) => text.trim()).slice(1), ["全称", "送审件数"]);
  });

  await test("nothing personal is remembered", async () => {
    const kept = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]));
    assert.ok(!/330199|variables|headers|tabState|河上镇/.test(kept), kept);
  });

  await test("the page is used with the keyboard alone", async () => {
    await tab("选字段").click();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await tab("查询库").getAttribute("aria-selected"), "true");
    await page.keyboard.press("Tab"); // the search
    await page.keyboard.press("Tab"); // the first group
    await page.keyboard.press("Tab"); // its first query
    await page.keyboard.press("Enter");
    await page.waitForSelector("[aria-current]");
    await page.waitForSelector(".answer tbody td");
    // From the result's tabs to a file.
    await tab("表格").focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await tab("导出").getAttribute("aria-selected"), "true");
    await page.getByLabel("Excel 工作簿").focus();
    await page.keyboard.press("Space");
    const [file] = await Promise.all([page.waitForEvent("download"), (async () => {
      for (let i = 0; i < 20; i++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(() => document.activeElement.matches(".export .run"))) return page.keyboard.press("Enter");
      }
      throw new Error("the export button is not reached");
    })()]);
    assert.match(file.suggestedFilename(), /\.xlsx$/);
    await tab("表格").click();
    // The editor takes Tab for itself until it is told not to.
    await page.locator(".ask .view-lines").first().click();
    await page.keyboard.press("Control+M");
    await page.keyboard.press("Tab");
    assert.ok(!await page.evaluate(() => document.activeElement.closest(".ask .graphiql-editor .monaco-editor")), "Tab leaves the editor");
  });

  await test("the language is switched, GraphiQL's and Monaco's too", async () => {
    const commands = async () => {
      await page.locator(".ask .view-lines").first().click();
      await page.keyboard.press("F1");
      await page.waitForSelector(".quick-input-widget .monaco-list-row");
      const text = await page.locator(".quick-input-widget").innerText();
      await page.keyboard.press("Escape");
      return text;
    };
    const chinese = await commands();
    assert.match(chinese, /[\u4e00-\u9fff]/);
    assert.ok(!chinese.includes("Prettify Editors"), chinese);
    await button("English").click();
    await page.getByRole("button", { name: "Run", exact: true }).waitFor();
    await picture("9-english");
    await accessible("English");
    await page.reload();
    await page.waitForSelector(".ask .monaco-editor .view-line");
    assert.doesNotMatch(await commands(), /[\u4e00-\u9fff]/);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    await button("中文").click();
  });

  await test("the demo is seen as somebody else, and begins anew as they see it", async () => {
    const as = page.getByRole("combobox", { name: "以…身份查看" });
    assert.equal(await as.inputValue(), "administrator");
    assert.equal((await as.locator("option").allInnerTexts()).join("；"), "镇街工作人员（临浦镇）；法律援助中心工作人员；局领导（只看数字）；审计员；管理员");
    const whoami = () => page.evaluate(() => fetch("whoami").then((r) => r.json()));
    assert.equal((await whoami()).identity, "administrator");
    await Promise.all([page.waitForEvent("load"), as.selectOption("town-clerk")]);
    await page.waitForFunction(() => document.querySelector(".as select")?.value === "town-clerk");
    const { via, name, identity } = await whoami();
    assert.deepEqual({ via, name, identity }, { via: "DEMO", name: "镇街工作人员（临浦镇）", identity: "town-clerk" });
    await picture("12-as-clerk");
    await Promise.all([page.waitForEvent("load"), as.selectOption("administrator")]);
    await page.waitForFunction(() => document.querySelector(".as select")?.value === "administrator");
  });

  await test("a reason for looking goes with every query while it is given, and by the keyboard alone", async () => {
    const sent = async () => {
      const [request] = await Promise.all([page.waitForRequest((r) => r.url().endsWith("/graphql") && r.method() === "POST"), button("执行").click()]);
      return (await request.allHeaders())["x-access-reason"];
    };
    await entry("各业务系统是否可用").click();
    await page.waitForSelector(".answer tbody td");
    assert.equal(await sent(), undefined);
    await button("查阅事由").focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    assert.ok(await page.evaluate(() => document.activeElement.matches("dialog input")), "the field has the focus");
    await accessible("the reason");
    await picture("13-reason");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    assert.equal(await sent(), undefined, "given up");
    await button("查阅事由").click();
    await page.keyboard.type("核对身份，萧山");
    await page.keyboard.press("Enter");
    await button("查阅事由：核对身份，萧山").waitFor();
    assert.equal(decodeURIComponent(await sent()), "核对身份，萧山");
    await tab("导出").click();
    await page.getByLabel("Excel 工作簿").check();
    const [request] = await Promise.all([page.waitForRequest((r) => r.url().includes("/graphql?")), saved()]);
    assert.equal(decodeURIComponent((await request.allHeaders())["x-access-reason"]), "核对身份，萧山", "files too");
    await tab("表格").click();
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes("核对身份")), false, "it ends with the tab");
    await button("查阅事由：核对身份，萧山").click();
    await button("清除").click();
    await button("查阅事由").waitFor();
    assert.equal(await sent(), undefined, "cleared");
  });

  await test("the dark page is legible too", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await entry("某一时段、某一类的法律援助案件").click();
    await page.waitForSelector(".answer tbody td");
    await picture("10-dark");
    await accessible("dark");
    await tab("图表").click();
    await page.waitForSelector(".chart svg text");
    await picture("11-dark-chart");
  });
  console.log(`${passed} passed, ${failures.length} failed; pictures in ${pictures}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
  await browser.close();
}
