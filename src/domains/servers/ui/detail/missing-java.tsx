"use client";

import { CircleCheckIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCan } from "@/domains/auth/ui/use-me";
import { installableJavas } from "@/domains/java/contract";
import { InstallJava } from "@/domains/java/ui/install-java";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { ServerActionButtons } from "../server-action-buttons";

/** Offers the Java that a start has missed to whoever may install one, and the start once it is there. */
export function MissingJava({ server, major }: { server: Server; major: number }) {
  const t = useTranslations("servers.end");
  const mayInstall = useCan("system.update_settings");
  const { data: known } = useQuery(useTRPC().servers.listJava.queryOptions());
  if (server.launchKind !== "host" || !known) return null;
  if (!known.some((java) => java.major === major)) {
    const isOffered = mayInstall && installableJavas.some((one) => one === major);
    return isOffered ? <InstallJava majors={[major]} /> : null;
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p role="status" className="flex items-center gap-2 text-sm">
        <CircleCheckIcon aria-hidden="true" className="size-4 text-state-running" />
        {t("javaHere", { major: String(major) })}
      </p>
      <ServerActionButtons server={server} look="labels" only={["start"]} />
    </div>
  );
}
