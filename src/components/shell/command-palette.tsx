"use client";

import { PlusIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { useCan } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { PaletteDisplay } from "./palette-display";
import { PaletteServers } from "./palette-servers";
import { useNavItems } from "./use-nav-items";

interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Everything by name: servers and what can be done to them, pages, look and language. */
export function CommandPalette({ isOpen, onOpenChange }: CommandPaletteProps) {
  const t = useTranslations("nav");
  const router = useRouter();
  const canCreate = useCan("servers.create");
  const items = useNavItems();
  const [search, setSearch] = useState("");
  const { data: servers = [] } = useQuery({ ...useTRPC().servers.list.queryOptions(), enabled: isOpen });

  const change = (next: boolean) => {
    onOpenChange(next);
    if (!next) setSearch("");
  };
  const run = (action: () => void) => {
    change(false);
    action();
  };
  const go = (href: string) => run(() => router.push(href));

  return (
    <CommandDialog
      open={isOpen}
      onOpenChange={change}
      title={t("palette.title")}
      description={t("palette.description")}
    >
      <CommandInput value={search} onValueChange={setSearch} placeholder={t("palette.placeholder")} />
      <CommandList>
        <CommandEmpty>{t("palette.empty")}</CommandEmpty>
        <PaletteServers servers={servers} isSearching={search.trim() !== ""} onGo={go} onRun={run} />
        <CommandGroup heading={t("palette.pages")}>
          {items.map(({ key, href, icon: Icon }) => (
            <CommandItem key={key} value={`page ${t(key)} ${key}`} onSelect={() => go(href)}>
              <Icon />
              {t("palette.goTo", { page: t(key) })}
            </CommandItem>
          ))}
          {canCreate && (
            <CommandItem value={`create ${t("palette.createServer")}`} onSelect={() => go("/servers/new")}>
              <PlusIcon />
              {t("palette.createServer")}
            </CommandItem>
          )}
        </CommandGroup>
        <PaletteDisplay onRun={run} />
      </CommandList>
    </CommandDialog>
  );
}
