// Runs what the other files show against a gateway and prints it:
//
//	node build/main.js http://127.0.0.1:8080/graphql
import assert from "node:assert/strict";
import { cases, doubt, type Case } from "./cases.js";
import { gateway, GatewayError } from "./gateway.js";
import { TypedDocumentString, type LegalAidStatus } from "./generated/graphql.js";
import { labels } from "./labels.js";
import { TownOverview } from "./town.js";

const address = process.argv[2];
assert.ok(address, "give the gateway's address");
const ask = gateway(address);

// Labels of an enum: one request, kept for the session.
const statuses = await labels<LegalAidStatus>(ask, "LegalAidStatus");
console.log("labels:", [...statuses].map(([value, label]) => `${value} ${label}`).join(", "));
assert.ok(statuses.get("GRANTED"));

// A list, page by page, until enough is read.
const read: Case[] = [];
for await (const record of cases(ask, { acceptedOn: { before: "2024-01-01" } }, 20)) {
  const status = record.status && record.status !== "OTHER" ? statuses.get(record.status) : record.statusCode; // OTHER: show the code
  if (read.length < 3) console.log("case:", record.number, status, record.acceptedOn, record.town?.name ?? doubt(record, "town") ?? "no town");
  if (read.push(record) === 50) break;
}
assert.equal(new Set(read.map((r) => r.number)).size, 50, "three pages without a double");
assert.ok(read.every((r) => r.acceptedOn && r.acceptedOn < "2024-01-01"));

// What is null because its cell is unusable, and what is merely doubtful.
const doubtful = read.filter((r) => r.dataIssues && r.dataIssues.length > 0);
console.log("with data issues:", doubtful.length, "of", read.length);
for (const record of doubtful.slice(0, 3)) console.log("issue:", record.number, record.dataIssues?.map((i) => `${i.field} ${i.severity} ${i.rule}`).join(", "));

// A partial answer: one list fails, the rest is there and is shown.
const { data, problems } = await ask(TownOverview, { code: "临浦镇", cases: 500 });
console.log("partial:", data.town?.name, "notarial matters", data.town?.notarialMatters?.totalCount, "legal aid", data.town?.legalAidCases);
for (const p of problems) console.log("problem:", p.path?.join("."), p.extensions.code, p.message);
assert.equal(data.town?.legalAidCases, null);
assert.deepEqual(problems.map((p) => [p.path?.join("."), p.extensions.code]), [["town.legalAidCases", "BAD_INPUT"]]);

// A document that is not in the manifest is refused.
const stranger = new TypedDocumentString<unknown, Record<string, never>>("{ __typename }", { hash: "0".repeat(64) });
const refused: unknown = await ask(stranger, {}).catch((error: unknown) => error);
assert.ok(refused instanceof GatewayError && !refused.passing);
console.log("refused:", refused.problems[0]?.extensions.code, refused.message);
