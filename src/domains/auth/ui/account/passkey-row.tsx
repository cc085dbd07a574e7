"use client";

import { FingerprintIcon, PencilIcon, Trash2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { RelativeTime } from "@/components/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import { useTRPCClient } from "@/trpc/client";
import type { Passkey } from "../../contract";
import { AccountRow } from "./account-list";
import { NameDialog } from "./name-dialog";
import { proofGivenUp, useProof } from "./proof-provider";

export function PasskeyRow({ passkey, onChanged }: { passkey: Passkey; onChanged: () => void }) {
  const t = useTranslations("auth.passkeys");
  const tCommon = useTranslations("common");
  const client = useTRPCClient();
  const prove = useProof();
  const toastError = useToastError();
  const [open, setOpen] = useState<"rename" | "remove" | null>(null);
  const close = () => setOpen(null);
  const { id: passkeyId, name, isBackedUp, createdAt, lastUsedAt } = passkey;

  const rename = async (typed: string) => {
    await client.auth.renamePasskey.mutate({ passkeyId, name: typed });
    close();
    onChanged();
    return null;
  };
  const remove = async () => {
    try {
      await prove((password) => client.auth.removePasskey.mutate({ passkeyId, password }));
      toast.success(t("removed"));
      onChanged();
    } catch (error) {
      if (error !== proofGivenUp) toastError(error);
    }
  };

  return (
    <AccountRow
      icon={FingerprintIcon}
      title={
        <>
          {name}
          {isBackedUp && <Badge variant="muted">{t("backedUp")}</Badge>}
        </>
      }
      facts={[
        t.rich("created", { time: () => <RelativeTime date={createdAt} /> }),
        lastUsedAt ? t.rich("used", { time: () => <RelativeTime date={lastUsedAt} /> }) : t("neverUsed"),
      ]}
      actions={
        <>
          <Button
            variant="ghost"
            size="icon-sm"
            className="max-md:size-11"
            aria-label={t("renameNamed", { name })}
            title={t("rename")}
            onClick={() => setOpen("rename")}
          >
            <PencilIcon />
          </Button>
          <Button
            variant="ghost"
            size="icon-sm"
            className="max-md:size-11"
            aria-label={t("removeNamed", { name })}
            title={tCommon("remove")}
            onClick={() => setOpen("remove")}
          >
            <Trash2Icon />
          </Button>
        </>
      }
    >
      {open === "rename" && (
        <NameDialog
          title={t("renameTitle")}
          name={name}
          action={tCommon("save")}
          busyAction={tCommon("saving")}
          onName={rename}
          onClose={close}
        />
      )}
      {open === "remove" && (
        <ConfirmDialog
          title={t("removeTitle", { name })}
          text={t("removeText")}
          action={tCommon("remove")}
          onConfirm={() => void remove()}
          onClose={close}
        />
      )}
    </AccountRow>
  );
}
