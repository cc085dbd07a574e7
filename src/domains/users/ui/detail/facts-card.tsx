"use client";

import { PencilIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { RelativeTime } from "@/components/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { User } from "../../contract";
import { SecondFactorMark } from "../user-marks";
import { RenameDialog } from "./rename-dialog";

/** What is known about the account. */
export function FactsCard({ user, canRename }: { user: User; canRename: boolean }) {
  const t = useTranslations("users");
  const [isRenaming, setRenaming] = useState(false);
  const format = useFormatter();
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("detail.facts")}</CardTitle>
        {canRename && (
          <CardAction className="-my-1">
            <Button variant="ghost" size="sm" className="max-md:h-11" onClick={() => setRenaming(true)}>
              <PencilIcon />
              {t("rename.button")}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2.5">
          <dt className="text-muted-foreground">{t("columns.factor")}</dt>
          <dd>
            <SecondFactorMark user={user} />
          </dd>
          <dt className="text-muted-foreground">{t("columns.servers")}</dt>
          <dd className="tabular-nums">{user.serverCount}</dd>
          <dt className="text-muted-foreground">{t("columns.lastSignIn")}</dt>
          <dd>{user.lastSignInAt ? <RelativeTime date={user.lastSignInAt} /> : t("neverSignedIn")}</dd>
          <dt className="text-muted-foreground">{t("columns.created")}</dt>
          <dd>
            <time dateTime={user.createdAt.toISOString()} title={format.dateTime(user.createdAt, "long")}>
              {format.dateTime(user.createdAt, "day")}
            </time>
          </dd>
          <dt className="text-muted-foreground">{t("detail.id")}</dt>
          <dd className="font-mono text-xs leading-5 break-all text-muted-foreground">{user.id}</dd>
        </dl>
        {isRenaming && <RenameDialog user={user} onClose={() => setRenaming(false)} />}
      </CardContent>
    </Card>
  );
}
