"use client";

import {
  ArchiveIcon,
  FolderIcon,
  Gamepad2Icon,
  GaugeIcon,
  Settings2Icon,
  SquareTerminalIcon,
  UsersIcon,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useFileRights } from "@/domains/files/ui/use-file-rights";
import { useSnapshotRights } from "@/domains/snapshots/ui/use-snapshot-rights";
import { cn } from "@/lib/cn";
import type { Server } from "../../contract";

const tabs = [
  { name: "overview", path: "", icon: GaugeIcon },
  { name: "console", path: "/console", icon: SquareTerminalIcon },
  { name: "players", path: "/players", icon: Gamepad2Icon },
  { name: "files", path: "/files", icon: FolderIcon },
  { name: "snapshots", path: "/snapshots", icon: ArchiveIcon },
  { name: "members", path: "/members", icon: UsersIcon },
  { name: "settings", path: "/settings", icon: Settings2Icon },
] as const;

/** The pages of one server. */
export function ServerTabs({ server }: { server: Server }) {
  const t = useTranslations("servers.tabs");
  const pathname = usePathname();
  const { view: canSeeSnapshots } = useSnapshotRights(server);
  const { view: canSeeFiles } = useFileRights(server);
  const base = `/servers/${server.id}`;
  return (
    <nav aria-label={t("label")} className="mb-4 flex gap-1 overflow-x-auto border-b">
      {tabs.map(({ name, path, icon: Icon }) => {
        if (name === "files" && !canSeeFiles) return null;
        if (name === "snapshots" && !canSeeSnapshots) return null;
        const isCurrent = pathname === base + path || (path !== "" && pathname.startsWith(`${base}${path}/`));
        return (
          <Link
            key={name}
            href={base + path}
            aria-current={isCurrent ? "page" : undefined}
            className={cn(
              "-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-muted-foreground transition-colors hover:text-foreground focus-visible:outline-offset-[-2px] max-md:h-11",
              isCurrent && "border-primary text-foreground",
            )}
          >
            <Icon aria-hidden="true" className="size-4" />
            {t(name)}
          </Link>
        );
      })}
    </nav>
  );
}
