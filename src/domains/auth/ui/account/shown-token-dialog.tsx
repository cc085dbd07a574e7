"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/copy-button";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";

export interface MadeToken {
  name: string;
  token: string;
}

/** The secret of a new token, this one time. Closes by its button alone, so that a slip does not lose it. */
export function ShownTokenDialog({ made, onDone }: { made: MadeToken; onDone: () => void }) {
  const t = useTranslations("auth.tokens");
  return (
    <Dialog open>
      <DialogContent
        showCloseButton={false}
        onEscapeKeyDown={(event) => event.preventDefault()}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <DialogHeader className="pr-0">
          <DialogTitle>{t("shownTitle")}</DialogTitle>
          <DialogDescription>{t("shownText", { name: made.name })}</DialogDescription>
        </DialogHeader>
        <div className="grid min-w-0 gap-1">
          <p className="font-medium">{t("token")}</p>
          <div className="flex items-center gap-2 rounded-md border bg-muted px-3 py-1.5">
            <code className="min-w-0 flex-1 font-mono text-xs leading-5 break-all">{made.token}</code>
            <CopyButton value={made.token} label={t("copy")} />
          </div>
        </div>
        <div className="grid min-w-0 gap-1">
          <p className="text-muted-foreground">{t("usage")}</p>
          <code className="rounded-md bg-muted px-3 py-1.5 font-mono text-xs break-all">
            Authorization: Bearer mcsd_…
          </code>
        </div>
        <DialogFooter>
          <Button className="max-md:h-11" onClick={onDone}>
            {t("done")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
