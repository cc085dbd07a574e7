import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { type PageQuery, toSearchParams } from "@/app/to-search-params";
import { auditPageInput, readAuditFilter } from "@/domains/audit/ui/audit-filter-url";
import { AuditView } from "@/domains/audit/ui/audit-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: PageQuery }) {
  const { me, caller, client, keys } = await openPage("/audit");
  const input = auditPageInput(readAuditFilter(await toSearchParams(searchParams)));
  if (me.permissions.includes("system.update_settings")) {
    await client.prefetchInfiniteQuery({
      queryKey: keys.system.audit.infiniteQueryKey(input),
      queryFn: () => caller.system.audit(input),
      initialPageParam: undefined,
    });
  }
  return (
    <FetchedAhead state={dehydrate(client)}>
      <AuditView />
    </FetchedAhead>
  );
}
