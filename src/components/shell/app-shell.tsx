"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { LiveProvider } from "@/components/live/live-provider";
import { useCan } from "@/domains/auth/ui/use-me";
import { CommandPalette } from "./command-palette";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";
import { useNavItems } from "./use-nav-items";
import { useShortcuts } from "./use-shortcuts";

interface AppShellProps {
  isSidebarCollapsed: boolean;
  children: ReactNode;
}

/** What is around every page of the panel: sidebar, top bar, palette, shortcuts, and the tab's event stream. */
export function AppShell({ isSidebarCollapsed, children }: AppShellProps) {
  const t = useTranslations("common");
  const router = useRouter();
  const items = useNavItems();
  const canCreate = useCan("servers.create");
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  useShortcuts(
    [
      ...items.map(({ shortcut, href }) => ({ keys: `g ${shortcut}`, run: () => router.push(href) })),
      ...(canCreate ? [{ keys: "c", run: () => router.push("/servers/new") }] : []),
      { keys: "/", run: () => focusPageSearch() || setOpen("palette") },
      { keys: "?", run: () => setOpen("shortcuts") },
    ],
    () => setOpen((now) => (now === "palette" ? null : "palette")),
  );

  return (
    <LiveProvider>
      <a
        href="#content"
        className="sr-only rounded-md bg-primary font-medium text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-4 focus:py-2"
      >
        {t("skipToContent")}
      </a>
      <div className="flex min-h-dvh">
        <Sidebar isInitiallyCollapsed={isSidebarCollapsed} />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar onSearch={() => setOpen("palette")} />
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto flex w-full max-w-[1440px] flex-1 flex-col p-4 outline-none md:p-6"
          >
            {children}
          </main>
        </div>
      </div>
      <CommandPalette isOpen={open === "palette"} onOpenChange={(isOpen) => setOpen(isOpen ? "palette" : null)} />
      <ShortcutsDialog isOpen={open === "shortcuts"} onOpenChange={(isOpen) => setOpen(isOpen ? "shortcuts" : null)} />
    </LiveProvider>
  );
}

/** The list's own search field has the key before the palette; a page marks it with `data-page-search`. */
function focusPageSearch(): boolean {
  const field = document.querySelector<HTMLElement>("[data-page-search]");
  field?.focus();
  return field !== null;
}
