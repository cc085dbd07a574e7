import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { PlayersView } from "@/domains/players/ui/players-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("players"))("title") };
}

export default async function PlayersPage() {
  const { caller, client, keys } = await openPage("/players");
  await Promise.all([
    client.prefetchQuery({ queryKey: keys.players.online.queryKey(), queryFn: () => caller.players.online() }),
    client.prefetchQuery({ queryKey: keys.players.totals.queryKey({}), queryFn: () => caller.players.totals({}) }),
  ]);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <PlayersView />
    </FetchedAhead>
  );
}
