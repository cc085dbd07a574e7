"use client";

import { GaugeIcon, Settings2Icon, SquareTerminalIcon, UsersIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";

const tabs = [
  { name: "overview", path: "", icon: GaugeIcon },
  { name: "console", path: "/console", icon: SquareTerminalIcon },
  { name: "members", path: "/members", icon: UsersIcon },
  { name: "settings", path: "/settings", icon: Settings2Icon },
] as const;

/** The pages of one server. */
export function ServerTabs({ serverId }: { serverId: string }) {
  const t = useTranslations("servers.tabs");
  const pathname = usePathname();
  const base = `/servers/${serverId}`;
  return (
    <nav aria-label={t("label")} className="mb-4 flex gap-1 overflow-x-auto border-b">
      {tabs.map(({ name, path, icon: Icon }) => {
        const isCurrent = pathname === base + path;
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
