import { graphql } from "./generated/gql.js";
import type { CasesQuery, LegalAidCaseFilter } from "./generated/graphql.js";
import { GatewayError, type Ask } from "./gateway.js";
import { pages } from "./pages.js";

const Cases = graphql(`
  query Cases($filter: LegalAidCaseFilter, $first: Int!, $after: String) {
    legalAidCases(filter: $filter, first: $first, after: $after) {
      nodes {
        number
        status
        statusCode
        acceptedOn
        subsidy
        town { name }
        applicant { name }
        dataIssues { field rule severity }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** One case as the list shows it, derived from the document: change the query, and this follows. */
export type Case = NonNullable<CasesQuery["legalAidCases"]>["nodes"][number];

/** Legal-aid cases, newest first, read size by size while they are wanted. */
export function cases(ask: Ask, filter: LegalAidCaseFilter, size: number): AsyncGenerator<Case, void, undefined> {
  return pages(async (after) => {
    const { data, problems } = await ask(Cases, { filter, first: size, after });
    // The list is null when its system does not answer. An empty page would be a lie.
    if (!data.legalAidCases) throw new GatewayError(problems);
    return data.legalAidCases;
  });
}

/** Why a field of a record is null, or not to be trusted; undefined when it is as it was entered. */
export function doubt(record: Pick<Case, "dataIssues">, field: keyof Case): string | undefined {
  const issue = record.dataIssues?.find((i) => i.field === field);
  return issue && `${issue.severity} ${issue.rule}`;
}
