import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { type PageQuery, toSearchParams } from "@/app/to-search-params";
import { readUsersFilter, usersListInput, waitingInput } from "@/domains/users/ui/users-filter";
import { UsersView } from "@/domains/users/ui/users-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("users"))("title") };
}

export default async function UsersPage({ searchParams }: { searchParams: PageQuery }) {
  const { me, caller, client, keys } = await openPage("/users");
  const input = usersListInput(readUsersFilter(await toSearchParams(searchParams)));
  if (me.permissions.includes("users.view")) {
    await Promise.all([
      client.prefetchInfiniteQuery({
        queryKey: keys.users.list.infiniteQueryKey(input),
        queryFn: () => caller.users.list(input),
        initialPageParam: undefined,
      }),
      me.permissions.includes("users.approve") &&
        client.prefetchQuery({
          queryKey: keys.users.list.queryKey(waitingInput),
          queryFn: () => caller.users.list(waitingInput),
        }),
    ]);
  }
  return (
    <FetchedAhead state={dehydrate(client)}>
      <UsersView />
    </FetchedAhead>
  );
}
