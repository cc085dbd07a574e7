"use client";

import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { useCan } from "@/domains/auth/ui/use-me";
import { useNavItems } from "./use-nav-items";

interface ShortcutsDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** What it does, its keys, and how they go together. */
type Row = [label: string, keys: string[], joint: "then" | "or"];

export function ShortcutsDialog({ isOpen, onOpenChange }: ShortcutsDialogProps) {
  const t = useTranslations("nav.shortcuts");
  const canCreate = useCan("servers.create");
  const rows: Row[] = [
    [t("palette"), ["Ctrl K", "⌘ K"], "or"],
    [t("search"), ["/"], "or"],
    ...useNavItems().map(({ key, shortcut }): Row => [t(key), ["g", shortcut], "then"]),
    ...(canCreate ? [[t("create"), ["c"], "or"] satisfies Row] : []),
    [t("help"), ["?"], "or"],
  ];
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>{t("description")}</DialogDescription>
        </DialogHeader>
        <dl className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2">
          {rows.map(([label, keys, joint]) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd className="flex items-center gap-1.5">
                {keys.map((key, index) => (
                  <Fragment key={key}>
                    {index > 0 && <span className="text-xs text-muted-foreground">{t(joint)}</span>}
                    <kbd className="rounded-sm border bg-muted px-1.5 py-0.5 font-mono text-xs">{key}</kbd>
                  </Fragment>
                ))}
              </dd>
            </Fragment>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
