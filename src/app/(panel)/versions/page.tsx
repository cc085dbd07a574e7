import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { VersionsView } from "@/domains/versions/ui/versions-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("versions"))("title") };
}

export default async function VersionsPage() {
  const { caller, client, keys } = await openPage("/versions");
  await Promise.all([
    client.prefetchQuery({ queryKey: keys.versions.types.queryKey(), queryFn: () => caller.versions.types() }),
    client.prefetchQuery({
      queryKey: keys.versions.list.queryKey({ type: "vanilla" }),
      queryFn: () => caller.versions.list({ type: "vanilla" }),
    }),
  ]);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <VersionsView />
    </FetchedAhead>
  );
}
