import { useSyncExternalStore } from "react";
import { noteAnswer, reasonHeader } from "./asker";
import { joined, marked, nextPage, page, taken, type Open } from "./pages";
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
  extensions?: { code?: string; system?: string; argument?: string };
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
  /** The lists that go on behind what was read. */
  open: Open[];
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

/** What is asked of the gateway. */
export interface Asked {
  query: string;
  variables?: unknown;
  operationName?: string | null;
}

const send = (to: string, accept: string, { query, variables, operationName }: Asked) => fetch(to, {
  method: "POST",
  headers: { "Content-Type": "application/json", Accept: accept, ...reasonHeader() },
  body: JSON.stringify({ query, variables, operationName }),
});

async function post(request: Asked) {
  const response = await send("graphql", "application/graphql-response+json", request);
  const text = await response.text();
  noteAnswer(response.status, response.ok ? undefined : errorsIn(text));
  return { response, text };
}

// errorsIn are the errors of an answer that was refused; undefined for what is no answer of a gateway.
function errorsIn(text: string): GatewayError[] | undefined {
  try {
    return (JSON.parse(text) as Answer).errors;
  } catch {
    return undefined;
  }
}

const types = { xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", csv: "text/csv" };

/** A file that the gateway made. */
export interface File {
  name: string;
  content: Blob;
  rows: string;
  /** What could not be read, when the file was wanted all the same; null for a whole file. */
  missing: string | null;
  /** The lists that go on behind what the file has of them; null for none. */
  cut: string | null;
  /** The columns whose values stand on several rows and count once; null for none. */
  repeats: string | null;
}

/** One error of a file that was not made. */
interface Detail {
  message: string;
  code?: string;
  system?: string;
  parameter?: string;
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
export async function file(request: Asked, format: keyof typeof types, options: Record<string, string>): Promise<File | { errors: GatewayError[] }> {
  const response = await send("graphql?" + new URLSearchParams(options), types[format], request);
  if (!response.ok) {
    const problem = await response.json() as { errors?: Detail[]; code?: string; detail?: string };
    const errors: Detail[] = problem.errors ?? [{ code: problem.code, message: problem.detail ?? "HTTP " + response.status }];
    noteAnswer(response.status, errors.map(({ message, code }) => ({ message, extensions: { code } })));
    return { errors: errors.map(({ message, code, system, parameter }) => ({ message, extensions: { code, system, argument: parameter } })) };
  }
  const given = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  return {
    name: given ? decodeURIComponent(given) : "report." + format,
    content: await response.blob(),
    rows: response.headers.get("Report-Rows") ?? "",
    missing: response.headers.get("Report-Partial"),
    cut: response.headers.get("Report-Cut"),
    repeats: response.headers.get("Report-Repeats"),
  };
}

/** Asks the gateway without showing the answer. */
export async function ask<T>(query: string): Promise<T | undefined> {
  const { text } = await post({ query });
  return (JSON.parse(text) as { data?: T }).data;
}

/** GraphiQL's fetcher: asks, and keeps the exchange for the panes beside the JSON. */
export async function fetcher(asked: Asked): Promise<Answer> {
  if (asked.operationName === "IntrospectionQuery") return JSON.parse((await post(asked)).text);
  // GraphiQL reads an edited text a moment late: its name may be that of the text before.
  const operation = operationIn(asked.query, asked.operationName)?.operation;
  const request = { ...asked, operationName: operation ? operation.name?.value : asked.operationName };
  const started = performance.now();
  const asking = marked(request.query);
  let { response, text } = await post(asking === undefined ? request : { ...request, query: asking });
  let answer = parsed(text) as Answer;
  if (asking !== undefined && answer.data === undefined && response.status < 500) {
    // Refused: the gateway shall speak of the query as it was written, and may know only that one.
    ({ response, text } = await post(request));
    answer = parsed(text) as Answer;
  }
  const open = taken(answer.data);
  show({
    query: request.query,
    operationName: request.operationName,
    variables: request.variables,
    answer,
    open,
    status: response.status,
    requestId: response.headers.get("X-Request-Id"),
    milliseconds: performance.now() - started,
    bytes: new Blob([text]).size,
  });
  return answer;
}

function show(exchange: Exchange) {
  last = exchange;
  listeners.forEach((listener) => listener());
}

/** How many records of one list a browser holds; more are for files. */
export const mostLoaded = 20_000;

/**
 * Reads a list of the last exchange on to its end, page by page, and shows each as it
 * comes; gives what went wrong, undefined when nothing did. It stops when another query
 * is shown.
 */
export async function loadAll(exchange: Exchange, path: string[]): Promise<GatewayError[] | undefined> {
  const { query, variables } = nextPage(exchange.query, exchange.operationName, path);
  const own = Object.fromEntries(Object.entries((exchange.variables ?? {}) as Record<string, unknown>).filter(([name]) => variables.includes(name)));
  const same = (one: Open) => one.path.join(".") === path.join(".");
  let now = exchange;
  for (let loaded = 0; loaded < mostLoaded; loaded += 200) {
    const list = now.open.find(same);
    if (list?.cursor === undefined || last !== now) return undefined;
    const { text } = await post({ query, variables: { ...own, [page.first]: 200, [page.after]: list.cursor }, operationName: exchange.operationName });
    const answer = parsed(text) as Answer;
    if (last !== now) return undefined;
    if (answer.data === null || answer.data === undefined) return answer.errors ?? [];
    const open = taken(answer.data);
    const others = now.open.filter((one) => !same(one)).map((one) => {
      const more = open.find((two) => two.path.join(".") === one.path.join("."));
      return more ? { ...one, lists: one.lists + more.lists, cursor: undefined } : one;
    });
    const fresh = open.filter((one) => same(one) || !now.open.some((two) => two.path.join(".") === one.path.join(".")));
    const errors = [...(now.answer.errors ?? []), ...(answer.errors ?? [])];
    now = { ...now, open: [...others, ...fresh], answer: { ...now.answer, data: joined(now.answer.data, answer.data, path) as Answer["data"], ...(errors.length > 0 && { errors }) } };
    show(now);
  }
  return undefined;
}
