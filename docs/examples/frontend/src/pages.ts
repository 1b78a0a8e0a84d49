/** One page of any list of the graph. */
export interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/**
 * The records of a list, page after page, each page asked for when it is needed. Cursors
 * stay good while rows come and go; they belong to one filter and one order.
 */
export async function* pages<Node>(next: (after: string | null) => Promise<Page<Node>>): AsyncGenerator<Node, void, undefined> {
  for (let after: string | null = null; ; ) {
    const page: Page<Node> = await next(after);
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage || !page.pageInfo.endCursor) return;
    after = page.pageInfo.endCursor;
  }
}
