import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { emptyCreateForm } from "@/domains/servers/ui/create/create-form-schema";
import { CreateView } from "@/domains/servers/ui/create/create-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create"))("title") };
}

export default async function NewServerPage() {
  const { caller, client, keys } = await openPage("/servers/new");
  const { type } = emptyCreateForm;
  await Promise.all([
    client.prefetchQuery({ queryKey: keys.servers.defaults.queryKey(), queryFn: () => caller.servers.defaults() }),
    client.prefetchQuery({
      queryKey: keys.versions.list.queryKey({ type }),
      queryFn: () => caller.versions.list({ type }),
    }),
  ]);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <CreateView />
    </FetchedAhead>
  );
}
