"use client";

import { PanelLeftCloseIcon, PanelLeftOpenIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Logo } from "@/components/logo";
import { setCookie } from "@/components/set-cookie";
import { Button } from "@/components/ui/button";
import { sidebarCookie } from "@/i18n/cookies";
import { cn } from "@/lib/cn";
import { NavList } from "./nav-list";

/** The sidebar of wide screens. Whether it is collapsed is remembered in a cookie, so that the server renders it right. */
export function Sidebar({ isInitiallyCollapsed }: { isInitiallyCollapsed: boolean }) {
  const t = useTranslations("nav");
  const [isCollapsed, setIsCollapsed] = useState(isInitiallyCollapsed);
  const toggle = () => {
    setIsCollapsed(!isCollapsed);
    setCookie(sidebarCookie, isCollapsed ? "open" : "collapsed");
  };
  const label = t(isCollapsed ? "expand" : "collapse");
  return (
    <aside
      className={cn(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r bg-sidebar transition-[width] duration-150 md:flex",
        isCollapsed ? "w-14" : "w-52",
      )}
    >
      <Link href="/servers" className="flex h-14 items-center border-b px-4">
        <Logo isCompact={isCollapsed} />
      </Link>
      <NavList isCollapsed={isCollapsed} />
      <div className="border-t p-2">
        <Button
          variant="ghost"
          size="sm"
          aria-label={label}
          title={label}
          aria-expanded={!isCollapsed}
          className="w-10 px-0 text-muted-foreground"
          onClick={toggle}
        >
          {isCollapsed ? <PanelLeftOpenIcon /> : <PanelLeftCloseIcon />}
        </Button>
      </div>
    </aside>
  );
}
