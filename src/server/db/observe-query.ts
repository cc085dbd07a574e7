/** Watches a query fail. A turn later, because the first listener sends the query and drizzle still has to say how. */
export function observeQuery<Query extends PromiseLike<unknown>>(
  query: Query,
  onFailure: (error: unknown) => void,
): Query {
  queueMicrotask(() => query.then(undefined, onFailure));
  return query;
}
