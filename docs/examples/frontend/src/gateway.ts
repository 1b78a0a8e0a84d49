import type { TypedDocumentString } from "./generated/graphql.js";

/**
 * What went wrong, for programs. The codes are stable; the messages are for people and may
 * change. A gateway newer than this file may have more: treat an unknown one as INTERNAL.
 */
export type Code =
  | "BAD_INPUT" // an argument or the document is wrong; the message says which and what is allowed
  | "SOURCE_UNAVAILABLE" // a legacy system cannot be reached; asking again later may help
  | "SOURCE_TIMEOUT" // a legacy system was too slow; ask for less, or later
  | "SOURCE_ERROR" // a legacy system has a fault of its own; its administrators must see to it
  | "LIMIT_EXCEEDED" // the question or the answer is too large
  | "OVERLOADED" // so much else was being answered that this did not begin in time; ask again later
  | "FORBIDDEN" // this deployment does not allow it
  | "AUDIT_UNAVAILABLE" // the audit cannot be written, so nothing is shown unmasked; ask again later
  | "UNAUTHENTICATED" // who asks is not known
  | "INTERNAL"; // a defect; operators find it by the request id in the message

/** One entry of an answer's errors. */
export interface Problem {
  message: string;
  /** The field that is null because of it; absent when the whole request was refused. */
  path?: (string | number)[];
  extensions: { code: Code; system?: string; argument?: string };
}

/** An answer with data. */
export interface Answer<Data> {
  data: Data;
  /** Why fields are null that need not be; empty for a complete answer. */
  problems: Problem[];
}

/** The request was refused, or nothing could be answered: there are no data. */
export class GatewayError extends Error {
  constructor(readonly problems: Problem[]) {
    super(problems.map((p) => p.message).join("; "));
    this.name = "GatewayError";
  }

  /** Whether the same question may be answered later. */
  get passing(): boolean {
    return this.problems.length > 0 && this.problems.every((p) => p.extensions.code.startsWith("SOURCE_"));
  }
}

/** Asks one document, of which only the id travels: the gateway has the text in its manifest. */
export type Ask = <Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables) => Promise<Answer<Data>>;

/** The gateway at an address, as in http://127.0.0.1:8080/graphql. */
export function gateway(address: string): Ask {
  return async (document, variables) => {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json" },
      body: JSON.stringify({ documentId: "sha256:" + document.__meta__?.["hash"], variables }),
    });
    // Whatever the status, an answer of the gateway is JSON with data or errors; anything
    // else comes from what stands between.
    const answer = await response.json().catch(() => undefined) as { data?: never; errors?: Problem[] } | undefined;
    if (!answer) throw new Error(`no answer of the gateway: HTTP ${response.status}`);
    if (!answer.data) throw new GatewayError(answer.errors ?? []);
    return { data: answer.data, problems: answer.errors ?? [] };
  };
}
