"use client";

import { useFormatter, useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { User } from "../../contract";
import { SecondFactorMark } from "../user-marks";

/** What is known about the account. */
export function FactsCard({ user }: { user: User }) {
  const t = useTranslations("users");
  const format = useFormatter();
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("detail.facts")}</CardTitle>
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
      </CardContent>
    </Card>
  );
}
