"use client";

import { KeyRoundIcon, MonitorSmartphoneIcon, ShieldCheckIcon, UserIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";

const tabs = [
  { name: "profile", href: "/account", icon: UserIcon },
  { name: "security", href: "/account/security", icon: ShieldCheckIcon },
  { name: "sessions", href: "/account/sessions", icon: MonitorSmartphoneIcon },
  { name: "tokens", href: "/account/tokens", icon: KeyRoundIcon },
] as const;

/** The parts of one's own account, each a page. */
export function AccountTabs() {
  const t = useTranslations("auth.account.tabs");
  const pathname = usePathname();
  return (
    <nav aria-label={t("label")} className="mb-6 flex gap-1 overflow-x-auto border-b max-sm:gap-0">
      {tabs.map(({ name, href, icon: Icon }) => {
        const isCurrent = pathname === href;
        return (
          <Link
            key={name}
            href={href}
            aria-current={isCurrent ? "page" : undefined}
            className={cn(
              "-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-muted-foreground transition-colors hover:text-foreground focus-visible:outline-offset-[-2px] max-md:h-11 max-sm:flex-1 max-sm:justify-center max-sm:px-1",
              isCurrent && "border-primary text-foreground",
            )}
          >
            <Icon aria-hidden="true" className="size-4 max-sm:hidden" />
            {t(name)}
          </Link>
        );
      })}
    </nav>
  );
}
