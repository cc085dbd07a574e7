"use client";

import { useQueryClient } from "@tanstack/react-query";
import { KeyRoundIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/empty-state";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { usePasskeyHindrance } from "../use-passkey-hindrance";
import { AccountList } from "./account-list";
import { AddPasskey } from "./add-passkey";
import { PasskeyRow } from "./passkey-row";
import { useRenewMe } from "./use-renew-me";

/** One's passkeys: add, rename, remove. */
export function PasskeysCard() {
  const t = useTranslations("auth.passkeys");
  const trpc = useTRPC();
  const client = useQueryClient();
  const renewMe = useRenewMe();
  const hindrance = usePasskeyHindrance();
  const passkeys = useQuery(trpc.auth.listPasskeys.queryOptions());
  const renew = () => {
    void client.invalidateQueries({ queryKey: trpc.auth.listPasskeys.queryKey() });
    void renewMe();
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription className="max-sm:col-span-2">{t("text")}</CardDescription>
        {!hindrance && (
          <CardAction className="max-sm:row-span-1">
            <AddPasskey onDone={renew} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="grid gap-4">
        {hindrance && hindrance !== "unknown" && <p className="text-muted-foreground">{t(`hindrance.${hindrance}`)}</p>}
        <AccountList
          query={passkeys}
          label={t("title")}
          empty={!hindrance && <EmptyState icon={KeyRoundIcon} title={t("empty")} text={t("emptyText")} />}
        >
          {(passkey) => <PasskeyRow key={passkey.id} passkey={passkey} onChanged={renew} />}
        </AccountList>
      </CardContent>
    </Card>
  );
}
