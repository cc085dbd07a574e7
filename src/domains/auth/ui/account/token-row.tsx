"use client";

import { TerminalIcon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { RelativeTime } from "@/components/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ApiToken } from "../../contract";
import { AccountRow } from "./account-list";
import { PermissionGroups } from "./permission-groups";

interface TokenRowProps {
  token: ApiToken;
  isRevoking: boolean;
  onRevoke: () => void;
}

export function TokenRow({ token, isRevoking, onRevoke }: TokenRowProps) {
  const t = useTranslations("auth.tokens");
  const now = useNow({ updateInterval: 60_000 });
  const [isAsking, setAsking] = useState(false);
  const { name, scopes, expiresAt, lastUsedAt, lastUsedAddress } = token;
  const isExpired = expiresAt <= now;
  const used = lastUsedAt && { time: () => <RelativeTime date={lastUsedAt} /> };
  return (
    <AccountRow
      icon={TerminalIcon}
      title={
        <>
          {name}
          {scopes === null && <Badge variant="muted">{t("everything")}</Badge>}
        </>
      }
      facts={[
        <span key="expires" className={isExpired ? "text-warning" : undefined}>
          {t.rich(isExpired ? "expired" : "expires", { time: () => <RelativeTime date={expiresAt} /> })}
        </span>,
        !used
          ? t("neverUsed")
          : lastUsedAddress
            ? t.rich("used", { ...used, address: lastUsedAddress })
            : t.rich("usedSomewhere", used),
      ]}
      actions={
        <Button
          variant="outline"
          size="sm"
          className="max-md:h-11"
          disabled={isRevoking}
          aria-label={t("revokeNamed", { name })}
          onClick={() => setAsking(true)}
        >
          {t("revoke")}
        </Button>
      }
    >
      {scopes && (
        <details>
          <summary className="w-fit cursor-pointer py-1 text-xs text-muted-foreground hover:text-foreground">
            {t("scopes", { count: scopes.length })}
          </summary>
          <PermissionGroups names={scopes} className="mt-1 text-xs" />
        </details>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t("revokeTitle", { name })}
          text={t("revokeText")}
          action={t("revoke")}
          onConfirm={onRevoke}
          onClose={() => setAsking(false)}
        />
      )}
    </AccountRow>
  );
}
