import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { openPage } from "@/app/open-page";
import { UserView } from "@/domains/users/ui/detail/user-view";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("users"))("title") };
}

export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  const userId = (await params).id;
  const { me, caller, client, keys } = await openPage(`/users/${userId}`);
  if (!z.uuid().safeParse(userId).success) notFound();
  if (me.permissions.includes("users.view")) {
    await Promise.all([
      client.prefetchQuery({
        queryKey: keys.users.get.queryKey({ userId }),
        queryFn: () => caller.users.get({ userId }),
      }),
      client.prefetchQuery({
        queryKey: keys.users.permissions.queryKey({ userId }),
        queryFn: () => caller.users.permissions({ userId }),
      }),
    ]);
  }
  return (
    <FetchedAhead state={dehydrate(client)}>
      <UserView userId={userId} />
    </FetchedAhead>
  );
}
