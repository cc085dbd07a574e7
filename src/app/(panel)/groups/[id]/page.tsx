import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { openPage } from "@/app/open-page";
import { GroupView } from "@/domains/groups/ui/group-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("groups"))("title") };
}

export default async function GroupPage({ params }: { params: Promise<{ id: string }> }) {
  const groupId = (await params).id;
  const { me, caller, client, keys } = await openPage(`/groups/${groupId}`);
  if (!z.uuid().safeParse(groupId).success) notFound();
  if (me.permissions.includes("groups.view")) {
    const queryKey = keys.groups.get.queryKey({ groupId });
    await client.prefetchQuery({ queryKey, queryFn: () => caller.groups.get({ groupId }) });
  }
  return (
    <FetchedAhead state={dehydrate(client)}>
      <GroupView groupId={groupId} />
    </FetchedAhead>
  );
}
