"use client";

import { useTranslations } from "next-intl";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { Server } from "../../contract";
import { PullNote } from "../pull-note";
import { StateBadge } from "../state-badge";
import { shownState } from "../state-mark";
import { StateSince } from "../state-since";
import { useImagePull } from "../use-image-pull";
import { LossNote } from "./loss-note";

/** The state in a sentence: since when, what it means, and what one can do now. */
export function StateCard({ server }: { server: Server }) {
  const t = useTranslations("servers.stateCard");
  const pull = useTranslations("launch.pull");
  const state = shownState(server);
  const share = useImagePull(server);
  const loss = state === "unknown" ? server.loss : null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-2">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <StateBadge server={server} className="text-base" />
          <StateSince server={server} className="text-sm tabular-nums" />
        </div>
        {loss && <LossNote loss={loss} />}
        {share !== undefined && (
          <>
            <PullNote server={server} />
            <Progress value={share === null ? null : share * 100} aria-label={pull("unknown")} />
          </>
        )}
        {!loss && share === undefined && <p className="text-sm text-muted-foreground">{t(state)}</p>}
        {server.desiredState === "running" && server.state === "stopped" && server.retryAt === null && (
          <p className="text-sm text-muted-foreground">{t("wanted")}</p>
        )}
      </CardContent>
    </Card>
  );
}
