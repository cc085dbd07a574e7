import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { parseServersLook, serversLookCookie } from "@/domains/servers/ui/servers-look";
import { ServersView } from "@/domains/servers/ui/servers-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("servers"))("title") };
}

export default async function ServersPage() {
  const { caller, client, keys } = await openPage("/servers");
  await client.prefetchQuery({ queryKey: keys.servers.list.queryKey(), queryFn: () => caller.servers.list() });
  const look = parseServersLook((await cookies()).get(serversLookCookie)?.value);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <ServersView initialLook={look} />
    </FetchedAhead>
  );
}
