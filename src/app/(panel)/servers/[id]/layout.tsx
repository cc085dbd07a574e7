import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { z } from "zod";
import { openPage } from "@/app/open-page";
import { ServerFrame } from "@/domains/servers/ui/detail/server-frame";
import { isAppError } from "@/lib/is-app-error";
import { FetchedAhead } from "@/trpc/fetched-ahead";

interface ServerPage {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: ServerPage): Promise<Metadata> {
  return { title: (await fetchServer((await params).id))?.server?.name };
}

export default async function ServerLayout({ params, children }: ServerPage & { children: ReactNode }) {
  const { id } = await params;
  const page = await fetchServer(id);
  if (!page) notFound();
  return (
    <FetchedAhead state={dehydrate(page.client)}>
      <ServerFrame serverId={id}>{children}</ServerFrame>
    </FetchedAhead>
  );
}

/** Fetches the server ahead. Null: there is none, or not for this person. Any other failure is left to the browser. */
async function fetchServer(serverId: string) {
  const { caller, client, keys } = await openPage(`/servers/${serverId}`);
  if (!z.uuid().safeParse(serverId).success) return null;
  try {
    const server = await caller.servers.get({ serverId });
    client.setQueryData(keys.servers.get.queryKey({ serverId }), server);
    return { client, server };
  } catch (error) {
    return isServerNotFound(error) ? null : { client, server: null };
  }
}

/** In-process calls throw tRPC's error with ours as its cause. */
function isServerNotFound(error: unknown): boolean {
  const cause = isAppError(error) ? error : (error as { cause?: unknown } | null)?.cause;
  return isAppError(cause) && cause.code === "SERVER_NOT_FOUND";
}
