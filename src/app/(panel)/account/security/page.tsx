import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { SecurityView } from "@/domains/auth/ui/account/security-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

interface SecurityPageProps {
  searchParams: Promise<{ changed?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.account.tabs"))("security") };
}

export default async function SecurityPage({ searchParams }: SecurityPageProps) {
  const { caller, client, keys } = await openPage("/account/security");
  await client.prefetchQuery({
    queryKey: keys.auth.listPasskeys.queryKey(),
    queryFn: () => caller.auth.listPasskeys(),
  });
  return (
    <FetchedAhead state={dehydrate(client)}>
      <SecurityView isPasswordChanged={Boolean((await searchParams).changed)} />
    </FetchedAhead>
  );
}
