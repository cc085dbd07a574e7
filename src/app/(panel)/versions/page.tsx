import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { VersionsView } from "@/domains/versions/ui/versions-view";

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
    <HydrationBoundary state={dehydrate(client)}>
      <VersionsView />
    </HydrationBoundary>
  );
}
