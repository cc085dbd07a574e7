import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Skeleton } from "@/components/ui/skeleton";
import { parseServersLook, serversLookCookie } from "@/domains/servers/ui/servers-look";
import { ServersSkeleton } from "@/domains/servers/ui/servers-skeleton";

export default async function ServersLoading() {
  const look = parseServersLook((await cookies()).get(serversLookCookie)?.value);
  return (
    <>
      <Skeleton className="mb-6 h-12 w-56" />
      <ServersSkeleton look={look} label={(await getTranslations("servers"))("loading")} />
    </>
  );
}
