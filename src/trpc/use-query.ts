"use client";

import {
  type DefaultError,
  type InfiniteData,
  InfiniteQueryObserver,
  type QueryKey,
  QueryObserver,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
  type UseQueryOptions,
  type UseQueryResult,
  useInfiniteQuery as useLiveInfiniteQuery,
  useQuery as useLiveQuery,
} from "@tanstack/react-query";
import { useDrawnWith } from "./fetched-ahead";

/** `useQuery` of the library, which says while a page is being taken over what it said when the server drew it. */
export function useQuery<FnData = unknown, Failure = DefaultError, Data = FnData, Key extends QueryKey = QueryKey>(
  options: UseQueryOptions<FnData, Failure, Data, Key>,
): UseQueryResult<Data, Failure> {
  const live = useLiveQuery(options);
  const client = useDrawnWith();
  if (!client) return live;
  return new QueryObserver(client, { ...options, _optimisticResults: "optimistic" }).getCurrentResult();
}

/** `useInfiniteQuery` of the library, likewise. */
export function useInfiniteQuery<
  FnData,
  Failure = DefaultError,
  Data = InfiniteData<FnData>,
  Key extends QueryKey = QueryKey,
  Param = unknown,
>(options: UseInfiniteQueryOptions<FnData, Failure, Data, Key, Param>): UseInfiniteQueryResult<Data, Failure> {
  const live = useLiveInfiniteQuery(options);
  const client = useDrawnWith();
  if (!client) return live;
  return new InfiniteQueryObserver(client, { ...options, _optimisticResults: "optimistic" }).getCurrentResult();
}
