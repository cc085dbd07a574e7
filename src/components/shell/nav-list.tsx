"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Tooltip, TooltipContent, TooltipTrigger } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import { TroubleCount } from "./trouble-count";
import { useNavItems } from "./use-nav-items";
import { WaitingCount } from "./waiting-count";

interface NavListProps {
  isCollapsed?: boolean;
  onNavigate?: () => void;
}

/** The links of the sidebar; only their icons, with the name as a tooltip, while it is collapsed. */
export function NavList({ isCollapsed = false, onNavigate }: NavListProps) {
  const t = useTranslations("nav");
  const pathname = usePathname();
  return (
    <nav aria-label={t("main")} className="flex-1 overflow-y-auto px-2 py-3">
      <ul className="grid gap-0.5">
        {useNavItems().map(({ key, href, icon: Icon }) => {
          const isCurrent = pathname === href || pathname.startsWith(`${href}/`);
          const link = (
            <Link
              href={href}
              onClick={onNavigate}
              aria-current={isCurrent ? "page" : undefined}
              className={cn(
                "relative flex h-9 items-center gap-3 rounded-md px-2.5 font-medium text-muted-foreground transition-colors hover:bg-accent hover:text-foreground",
                isCurrent && "bg-accent text-foreground",
              )}
            >
              <Icon aria-hidden="true" className={cn("size-4.5 shrink-0", isCurrent && "text-primary")} />
              <span className={cn("truncate", isCollapsed && "sr-only")}>{t(key)}</span>
              {key === "servers" && <TroubleCount isCollapsed={isCollapsed} />}
              {key === "users" && <WaitingCount isCollapsed={isCollapsed} />}
            </Link>
          );
          if (!isCollapsed) return <li key={key}>{link}</li>;
          return (
            <li key={key}>
              <Tooltip>
                <TooltipTrigger asChild>{link}</TooltipTrigger>
                <TooltipContent side="right">{t(key)}</TooltipContent>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
