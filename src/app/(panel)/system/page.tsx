import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { type PageQuery, toSearchParams } from "@/app/to-search-params";
import { readMetricsRange } from "@/domains/metrics/ui/metrics-range";
import { SystemView } from "@/domains/settings/ui/system-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("system"))("title") };
}

export default async function SystemPage({ searchParams }: { searchParams: PageQuery }) {
  const { caller, client, keys } = await openPage("/system");
  const input = readMetricsRange(await toSearchParams(searchParams));
  await Promise.all([
    client.prefetchQuery({ queryKey: keys.system.health.queryKey(), queryFn: () => caller.system.health() }),
    client.prefetchQuery({ queryKey: keys.metrics.host.queryKey(input), queryFn: () => caller.metrics.host(input) }),
  ]);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <SystemView />
    </FetchedAhead>
  );
}
