import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { SystemView } from "@/domains/settings/ui/system-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("system"))("title") };
}

export default async function SystemPage() {
  const { caller, client, keys } = await openPage("/system");
  await client.prefetchQuery({ queryKey: keys.system.health.queryKey(), queryFn: () => caller.system.health() });
  return (
    <FetchedAhead state={dehydrate(client)}>
      <SystemView />
    </FetchedAhead>
  );
}
