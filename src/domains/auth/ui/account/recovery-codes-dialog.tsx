"use client";

import { CopyIcon, DownloadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { copyText } from "@/components/copy-text";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { useMe } from "../use-me";

interface RecoveryCodesDialogProps {
  codes: readonly string[];
  onDone: () => void;
}

/** The codes, this one time. Closes by its button alone, so that a slip does not lose them. */
export function RecoveryCodesDialog({ codes, onDone }: RecoveryCodesDialogProps) {
  const t = useTranslations("auth.recovery");
  const tCommon = useTranslations("common");
  const { username } = useMe();
  const copy = async () => {
    if (await copyText(codes.join("\n"))) toast.success(tCommon("copied"));
    else toast.error(tCommon("copyFailed"));
  };
  const download = () => {
    const head = t("file", { username, host: window.location.host });
    const url = URL.createObjectURL(new Blob([`${head}\n\n${codes.join("\n")}\n`], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `mcsd-recovery-codes-${username}.txt`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Dialog open>
      <DialogContent
        className="sm:max-w-md"
        showCloseButton={false}
        onEscapeKeyDown={(event) => event.preventDefault()}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <DialogHeader className="pr-0">
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>{t("text")}</DialogDescription>
        </DialogHeader>
        <ul
          aria-label={t("list")}
          className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-md border bg-muted p-3 text-center font-mono text-sm max-[420px]:grid-cols-1"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <Button variant="outline" size="sm" className="max-md:h-11" onClick={() => void copy()}>
            <CopyIcon />
            {t("copy")}
          </Button>
          <Button variant="outline" size="sm" className="max-md:h-11" onClick={download}>
            <DownloadIcon />
            {t("download")}
          </Button>
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
