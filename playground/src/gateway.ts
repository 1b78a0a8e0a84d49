import { useSyncExternalStore } from "react";
import { operationIn } from "./selection";

/** One system's part in an answer, as the gateway reports it in extensions.sources. */
export interface Source {
  system: string;
  status: string;
  statements: number;
  rows: number;
  milliseconds: number;
  repaired: number;
  dropped: number;
}

export interface GatewayError {
  message: string;
  path?: (string | number)[];
  locations?: { line: number; column: number }[];
  extensions?: { code?: string; system?: string };
}

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: GatewayError[];
  extensions?: { sources?: Source[]; [key: string]: unknown };
}

/** The last exchange with the gateway; nothing of it is stored. */
export interface Exchange {
  query: string;
  operationName?: string | null;
  variables?: unknown;
  answer: Answer;
  status: number;
  requestId: string | null;
  /** From sending to the last byte, as this browser saw it. */
  milliseconds: number;
  bytes: number;
}

let last: Exchange | undefined;
const listeners = new Set<() => void>();

/** The last exchange, and again after each. */
export function useExchange(): Exchange | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => last,
  );
}

interface Request {
  query: string;
  variables?: unknown;
  operationName?: string | null;
}

const send = (to: string, accept: string, { query, variables, operationName }: Request) => fetch(to, {
  method: "POST",
  headers: { "Content-Type": "application/json", Accept: accept },
  body: JSON.stringify({ query, variables, operationName }),
});

async function post(request: Request) {
  const response = await send("graphql", "application/graphql-response+json", request);
  return { response, text: await response.text() };
}

const types = { xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", csv: "text/csv" };

/** A file that the gateway made. */
export interface File {
  name: string;
  content: Blob;
  rows: string;
  /** What could not be read, when the file was wanted all the same; null for a whole file. */
  missing: string | null;
}

// parsed reads JSON with numbers as they are written, 1.50 and not 1.5, so that they look
// as they do in files; in browsers that cannot, by their value.
function parsed(text: string): unknown {
  const { rawJSON } = JSON as unknown as { rawJSON?: (text: string) => unknown };
  if (!rawJSON) return JSON.parse(text);
  const keep = (_: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && context?.source !== undefined && String(value) !== context.source ? rawJSON(context.source) : value;
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}

/** Has the gateway make a file of a query; options are those of docs/reporting.md. */
export async function file(request: Request, format: keyof typeof types, options: Record<string, string>): Promise<File | { errors: GatewayError[] }> {
  const response = await send("graphql?" + new URLSearchParams(options), types[format], request);
  if (!response.ok) {
    const problem = await response.json() as { errors?: ({ code?: string } & GatewayError)[]; code?: string; detail?: string };
    const errors = problem.errors ?? [{ code: problem.code, message: problem.detail ?? "HTTP " + response.status }];
    return { errors: errors.map((e) => ({ ...e, extensions: { code: e.code } })) };
  }
  const given = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  return {
    name: given ? decodeURIComponent(given) : "report." + format,
    content: await response.blob(),
    rows: response.headers.get("Report-Rows") ?? "",
    missing: response.headers.get("Report-Partial"),
  };
}

/** Asks the gateway without showing the answer. */
export async function ask<T>(query: string): Promise<T | undefined> {
  const { text } = await post({ query });
  return (JSON.parse(text) as { data?: T }).data;
}

/** GraphiQL's fetcher: asks, and keeps the exchange for the panes beside the JSON. */
export async function fetcher(asked: Request): Promise<Answer> {
  if (asked.operationName === "IntrospectionQuery") return JSON.parse((await post(asked)).text);
  // GraphiQL reads an edited text a moment late: its name may be that of the text before.
  const operation = operationIn(asked.query, asked.operationName)?.operation;
  const request = { ...asked, operationName: operation ? operation.name?.value : asked.operationName };
  const started = performance.now();
  const { response, text } = await post(request);
  const answer = parsed(text) as Answer;
  last = {
    query: request.query,
    operationName: request.operationName,
    variables: request.variables,
    answer,
    status: response.status,
    requestId: response.headers.get("X-Request-Id"),
    milliseconds: performance.now() - started,
    bytes: new Blob([text]).size,
  };
  listeners.forEach((listener) => listener());
  return answer;
}
