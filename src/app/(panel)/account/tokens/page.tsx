import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { TokensView } from "@/domains/auth/ui/account/tokens-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.account.tabs"))("tokens") };
}

export default async function TokensPage() {
  const { caller, client, keys } = await openPage("/account/tokens");
  await client.prefetchQuery({ queryKey: keys.auth.listTokens.queryKey(), queryFn: () => caller.auth.listTokens() });
  return (
    <FetchedAhead state={dehydrate(client)}>
      <TokensView />
    </FetchedAhead>
  );
}
