import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { ImportView } from "@/domains/servers/ui/import/import-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("title") };
}

export default async function ImportPage() {
  const { client } = await openPage("/servers/import");
  return (
    <FetchedAhead state={dehydrate(client)}>
      <ImportView />
    </FetchedAhead>
  );
}
