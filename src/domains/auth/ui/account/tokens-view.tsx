"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRoundIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { EmptyState } from "@/components/empty-state";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { AccountList } from "./account-list";
import { CreateTokenDialog } from "./create-token-dialog";
import { type MadeToken, ShownTokenDialog } from "./shown-token-dialog";
import { TokenRow } from "./token-row";

/** One's API tokens: what each may do, when it was used and from where; making and revoking them. */
export function TokensView() {
  const t = useTranslations("auth.tokens");
  const trpc = useTRPC();
  const client = useQueryClient();
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const queryKey = trpc.auth.listTokens.queryKey();
  const renew = () => client.invalidateQueries({ queryKey });
  const tokens = useQuery(trpc.auth.listTokens.queryOptions());
  const revoke = useMutation(
    trpc.auth.revokeToken.mutationOptions({
      onSuccess: () => void toast.success(t("revoked")),
      onError: useToastError(),
      onSettled: renew,
    }),
  );
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription className="max-sm:col-span-2">{t("text")}</CardDescription>
        <CardAction className="max-sm:row-span-1">
          <Button size="sm" className="max-md:h-11" onClick={() => setCreating(true)}>
            {t("create")}
          </Button>
        </CardAction>
      </CardHeader>
      <CardContent>
        <AccountList
          query={tokens}
          label={t("title")}
          empty={<EmptyState icon={KeyRoundIcon} title={t("empty")} text={t("emptyText")} />}
        >
          {(token) => (
            <TokenRow
              key={token.id}
              token={token}
              isRevoking={revoke.isPending && revoke.variables.tokenId === token.id}
              onRevoke={() => revoke.mutate({ tokenId: token.id })}
            />
          )}
        </AccountList>
      </CardContent>
      {isCreating && (
        <CreateTokenDialog
          onClose={() => setCreating(false)}
          onMade={(token) => {
            setCreating(false);
            setMade(token);
            void renew();
          }}
        />
      )}
      {made && <ShownTokenDialog made={made} onDone={() => setMade(null)} />}
    </Card>
  );
}
