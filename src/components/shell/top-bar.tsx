"use client";

import { JobsPopover } from "@/domains/jobs/ui/jobs-popover";
import { AccountMenu } from "./account-menu";
import { Breadcrumbs } from "./breadcrumbs";
import { ConnectionMark } from "./connection-mark";
import { MobileMenu } from "./mobile-menu";
import { SearchButton } from "./search-button";

export function TopBar({ onSearch }: { onSearch: () => void }) {
  return (
    <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-1 border-b bg-background px-2 sm:gap-2 md:px-4">
      <MobileMenu />
      <Breadcrumbs />
      <SearchButton onOpen={onSearch} />
      <JobsPopover />
      <ConnectionMark />
      <AccountMenu />
    </header>
  );
}
