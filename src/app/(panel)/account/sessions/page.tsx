import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { SessionsView } from "@/domains/auth/ui/account/sessions-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.account.tabs"))("sessions") };
}

export default async function SessionsPage() {
  const { caller, client, keys } = await openPage("/account/sessions");
  await client.prefetchQuery({
    queryKey: keys.auth.listSessions.queryKey(),
    queryFn: () => caller.auth.listSessions(),
  });
  return (
    <FetchedAhead state={dehydrate(client)}>
      <SessionsView />
    </FetchedAhead>
  );
}
