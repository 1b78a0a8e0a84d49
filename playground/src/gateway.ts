import { useSyncExternalStore } from "react";

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

async function post(request: Request) {
  const response = await fetch("graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify(request),
  });
  return { response, text: await response.text() };
}

/** Asks the gateway without showing the answer. */
export async function ask<T>(query: string): Promise<T | undefined> {
  const { text } = await post({ query });
  return (JSON.parse(text) as { data?: T }).data;
}

/** GraphiQL's fetcher: asks, and keeps the exchange for the panes beside the JSON. */
export async function fetcher(request: Request): Promise<Answer> {
  if (request.operationName === "IntrospectionQuery") return JSON.parse((await post(request)).text);
  const started = performance.now();
  const { response, text } = await post(request);
  const answer = JSON.parse(text) as Answer;
  last = {
    query: request.query,
    operationName: request.operationName,
    answer,
    status: response.status,
    requestId: response.headers.get("X-Request-Id"),
    milliseconds: performance.now() - started,
    bytes: new Blob([text]).size,
  };
  listeners.forEach((listener) => listener());
  return answer;
}
