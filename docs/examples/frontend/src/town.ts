import { graphql } from "./generated/gql.js";

/** A town's newest work in two systems: each of the lists can fail alone. */
export const TownOverview = graphql(`
  query TownOverview($code: String!, $cases: Int!) {
    town(code: $code) {
      name
      legalAidCases(first: $cases) { totalCount nodes { number } }
      notarialMatters(first: 1) { totalCount }
    }
  }
`);
