"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { KindProblemNote } from "@/domains/launch/ui/kind-problem-note";
import type { EngineHealth } from "../contract";
import { EngineFacts } from "./engine-facts";

/** One engine: how it is, or what stands in the way. One that nobody uses is no fault where it is missing. */
export function EngineCard({ health }: { health: EngineHealth }) {
  const t = useTranslations("launch.engines");
  const { kind, isAvailable, isDefault, servers, engine } = health;
  const isUsed = servers > 0 || isDefault;
  const mark = isAvailable ? (engine ? "reachable" : "ready") : isUsed ? "failing" : "unused";
  const variants = { reachable: "success", ready: "muted", failing: "danger", unused: "muted" } as const;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center justify-between gap-2">
          {t(kind === "dind" ? "dind" : "dood")}
          <Badge variant={variants[mark]}>{t(mark)}</Badge>
        </CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4 text-sm">
        <KindProblemNote check={health} />
        {mark === "ready" && <p className="text-muted-foreground">{t("readyText")}</p>}
        {engine && <EngineFacts engine={engine} servers={servers} />}
        {!engine && servers > 0 && (
          <p className="text-muted-foreground">
            {t("servers")}: {t("serversText", { count: servers })}
          </p>
        )}
      </CardContent>
    </Card>
  );
}
