import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { GroupsView } from "@/domains/groups/ui/groups-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("groups"))("title") };
}

export default async function GroupsPage() {
  const { me, caller, client, keys } = await openPage("/groups");
  if (me.permissions.includes("groups.view"))
    await client.prefetchQuery({ queryKey: keys.groups.list.queryKey(), queryFn: () => caller.groups.list() });
  return (
    <FetchedAhead state={dehydrate(client)}>
      <GroupsView />
    </FetchedAhead>
  );
}
