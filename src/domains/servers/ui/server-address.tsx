"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/copy-button";
import { cn } from "@/lib/cn";
import type { Server } from "../contract";
import { formatAddress } from "./format-address";
import { useHostname } from "./use-hostname";

interface ServerAddressProps {
  server: Pick<Server, "name" | "port">;
  className?: string;
}

/** The address that players type, with a button that copies it. */
export function ServerAddress({ server, className }: ServerAddressProps) {
  const t = useTranslations("servers.address");
  const hostname = useHostname();
  const address = formatAddress(hostname ?? "", server.port);
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-0.5", hostname === null && "invisible", className)}>
      <code className="truncate font-mono text-xs" title={address}>
        {address}
      </code>
      <CopyButton value={address} label={t("copy", { name: server.name })} className="shrink-0 max-md:size-11" />
    </span>
  );
}
