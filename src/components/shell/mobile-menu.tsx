"use client";

import { MenuIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Logo } from "@/components/logo";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetHeader, SheetTitle, SheetTrigger } from "@/components/ui/sheet";
import { NavList } from "./nav-list";

/** The sidebar of narrow screens: a drawer. */
export function MobileMenu() {
  const t = useTranslations("nav");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Sheet open={isOpen} onOpenChange={setIsOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" className="md:hidden" aria-label={t("openMenu")}>
          <MenuIcon />
        </Button>
      </SheetTrigger>
      <SheetContent side="left" className="w-64 gap-0" aria-describedby={undefined}>
        <SheetHeader className="h-14 justify-center border-b px-4 py-0">
          <SheetTitle>
            <Logo />
            <span className="sr-only">{t("main")}</span>
          </SheetTitle>
        </SheetHeader>
        <NavList onNavigate={() => setIsOpen(false)} />
      </SheetContent>
    </Sheet>
  );
}
