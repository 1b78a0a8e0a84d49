// Signing in on the page of a real gateway, with a real identity provider:
//
//	go build -o /tmp/gateway ./cmd/gateway
//	node test/signin.mjs /tmp/gateway
//
// The gateway's systems do not answer: what is looked at is who is let in, and what the page says to
// whom is not. Screenshots go to .browser-test.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import Provider from "oidc-provider";
import { chromium } from "playwright-core";

const program = process.argv[2];
assert.ok(program, "give the gateway's program");
const pictures = new URL("../.browser-test/", import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const port = await new Promise((done) => {
  const socket = createSocket().listen(0, "127.0.0.1", () => {
    const { port } = socket.address();
    socket.close(() => done(port));
  });
});
const gateway = `http://127.0.0.1:${port}`;

// The identity provider is a certified one, oidc-provider: whoever comes there signs in as 赵钱孙.
const listening = createServer();
await new Promise((done) => listening.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${listening.address().port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: "page", token_endpoint_auth_method: "none", grant_types: ["authorization_code"], response_types: ["code"],
    redirect_uris: [gateway + "/signin/callback"], post_logout_redirect_uris: [gateway + "/"],
  }],
  claims: { openid: ["sub", "groups"], profile: ["name"] },
  conformIdTokenClaims: false, // into the ID token, where most providers write them
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, name: "赵钱孙", groups: ["clerk"] }) }),
  pkce: { required: () => true },
  cookies: { keys: [randomUUID()] },
  jwks: { keys: [generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" })] },
});
listening.on("request", provider.callback());
const refusals = [];
for (const event of ["authorization.error", "grant.error", "server_error", "end_session.error"]) {
  provider.on(event, (_, error) => refusals.push(event + ": " + error.message + " " + error.error_description));
}
// atProvider is what somebody does there who is not signed in yet.
async function atProvider() {
  await page.getByPlaceholder("Enter any login").fill("4711");
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}
const work = mkdtempSync(tmpdir() + "/signin-");
const config = (access) => {
  writeFileSync(work + "/gateway.yaml", `listen: 127.0.0.1:${port}\nsources: {legal-aid: {dsn: "reader@tcp(127.0.0.1:1)/flyz"}}\naccess:\n${access}`);
  return ["serve", "--config", work + "/gateway.yaml"];
};
let log = "";
async function serve(access) {
  const process = spawn(program, config(access), { stdio: ["ignore", "ignore", "pipe"] });
  process.stderr.on("data", (text) => log += text);
  for (let i = 0; i < 300; i++) {
    if (await fetch(gateway + "/healthz").then((r) => r.ok, () => false)) return process;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the gateway does not start:\n" + log);
}
const ended = (process) => new Promise((done) => process.on("exit", done).kill());

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN", colorScheme: "light", reducedMotion: "reduce" });
const page = await context.newPage();
page.setDefaultTimeout(Number(process.env.STEP_MILLISECONDS ?? 10_000));
// The provider's own pages fetch a font and have no icon.
await page.route("https://fonts.googleapis.com/**", (route) => route.fulfill({ contentType: "text/css", body: "" }));
await page.route(issuer + "/favicon.ico", (route) => route.fulfill({ status: 204 }));
const strange = [];
page.on("pageerror", (error) => strange.push("script error " + error.stack));
page.on("console", (message) => {
  // The browser itself tells of every answer that is not 200.
  if (["error", "warning"].includes(message.type()) && !/status of 40[01]/.test(message.text())) strange.push(message.type() + " on the console: " + message.text());
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
    await page.screenshot({ path: pictures + "failure-signin-" + failures.length + ".png" });
  }
}
const picture = (name) => page.screenshot({ path: pictures + name + ".png" });
async function accessible(where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({ exclude: [[".monaco-editor"]] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
  assert.deepEqual(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary}`)), [], where);
}

let running = await serve(`  publicUrl: ${gateway}\n  oidc: {issuer: "${issuer}", clientId: page}\n`);
try {
  await test("whoever is not signed in sees how to be, in Chinese, and nothing else", async () => {
    await page.goto(gateway + "/#open=towns");
    await page.getByRole("heading", { name: "请先登录" }).waitFor();
    assert.equal(await page.locator(".outside").innerText(), "请先登录\n\n登录后才能查询本局数据。\n\n登录");
    assert.equal(await page.locator(".ask, .answer, .side").count(), 0);
    const text = await page.locator("body").innerText();
    assert.ok(!/UNAUTHENTICATED|errors|\{/.test(text), text);
    await accessible("the page of a stranger");
    await picture("signin-1-stranger");
  });

  await test("signing in by the keyboard leads back to the query, with one's name above it", async () => {
    await page.locator(".outside a.run").focus();
    await page.keyboard.press("Enter");
    await atProvider();
    await page.locator("header .who", { hasText: "赵钱孙" }).waitFor();
    await page.locator(".purpose", { hasText: "镇街" }).waitFor();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, "/#open=towns");
    const cookies = await context.cookies();
    const session = cookies.find((cookie) => cookie.name === "bureaugraph-session");
    assert.ok(session.httpOnly && session.sameSite === "Lax" && session.expires < Date.now() / 1000 + 3601, JSON.stringify(session));
    assert.ok(!cookies.some((cookie) => cookie.name === "bureaugraph-signin"), "what the sign-in remembered is gone");
    assert.equal(await page.evaluate(() => document.cookie), "", "no script reads it");
    await page.getByRole("button", { name: "执行" }).click();
    await page.locator(".outcome", { hasText: "毫秒" }).waitFor();
    await accessible("the page of somebody");
    await picture("signin-2-signed-in");
  });

  await test("a session that ends leaves what is on the screen, and says so", async () => {
    await context.clearCookies({ name: "bureaugraph-session" });
    await page.getByRole("button", { name: "执行" }).click();
    await page.locator(".shut-out", { hasText: "登录已失效" }).waitFor();
    assert.equal(await page.locator(".shut-out").innerText().then((t) => t.replace(/\s+/g, " ")), "登录已失效 请重新登录。 登录");
    assert.ok(await page.locator(".side .entry").first().isVisible());
    await page.locator("header a", { hasText: "登录" }).waitFor();
    assert.equal(await page.locator("header .who").count(), 0, "nobody's name stands there");
    await accessible("a session that has ended");
    await picture("signin-3-ended");
    await page.locator(".shut-out a").click();
    await page.locator("header .who", { hasText: "赵钱孙" }).waitFor();
  });

  await test("signing out ends the session, here and at the provider", async () => {
    await page.getByRole("button", { name: "查阅事由" }).click();
    await page.getByRole("textbox", { name: "事由" }).fill("核对身份");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "查阅事由：核对身份" }).waitFor();
    await Promise.all([page.waitForRequest((r) => r.url().startsWith(issuer + "/session/end?")), page.getByRole("button", { name: "退出登录" }).click()]);
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await page.getByRole("heading", { name: "请先登录" }).waitFor();
    assert.ok(!(await context.cookies()).some((cookie) => cookie.name === "bureaugraph-session"));
    assert.equal(await page.evaluate(() => sessionStorage.length), 0, "the reason is gone too");
  });

  await test("a sign-in that fails says why, in Chinese, and how to try again", async () => {
    await page.goto(gateway + "/signin/callback?state=x&code=y");
    assert.ok((await page.locator("body").innerText()).includes("这次登录已失效"));
    await accessible("a failed sign-in");
    await picture("signin-4-failed");
    await page.getByRole("link", { name: /重新登录/ }).click();
    await atProvider();
    await page.locator("header .who", { hasText: "赵钱孙" }).waitFor();
  });

  await page.goto("about:blank"); // a page that still loads would tell of the gateway's end
  await ended(running);
  writeFileSync(work + "/keys.yaml", "keys: []\n");
  running = await serve(`  keys: keys.yaml\n`);
  await test("where nobody signs in on the page, it says where else", async () => {
    await page.goto(gateway + "/");
    await page.locator(".outside", { hasText: "本网关不在此页面登录" }).waitFor();
    assert.equal(await page.locator(".outside a").count(), 0);
    await page.getByRole("button", { name: "English" }).click();
    await page.locator(".outside", { hasText: "Nobody signs in on this page" }).waitFor();
    await picture("signin-5-elsewhere");
  });
} finally {
  await ended(running);
  await browser.close();
  listening.closeAllConnections();
  listening.close();
  rmSync(work, { recursive: true });
}
assert.deepEqual(refusals, [], "the provider refuses nothing");
for (const secret of ["eyJ", "code_verifier", "code=", "bureaugraph-session="]) assert.ok(!log.includes(secret), "the log holds " + secret);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
