"use client";

import { CircleCheckIcon, TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useCan } from "@/domains/auth/ui/use-me";
import { InstallJava } from "@/domains/java/ui/install-java";
import { imageJava, type LaunchKind } from "@/domains/launch/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

/** Says whether the Java that a version needs is on this machine, and what to do if not. Containers bring their own. */
export function JavaHint({ kind, major }: { kind: LaunchKind; major: number }) {
  const t = useTranslations("create.java");
  const launch = useTranslations("launch.java");
  const trpc = useTRPC();
  const { data: defaults, refetch, isFetching } = useQuery(trpc.servers.defaults.queryOptions());
  const mayInstall = useCan("system.update_settings") && major >= 8;
  const lookAgain = useCallback(() => void refetch(), [refetch]);
  if (!defaults) return null;
  const isHost = kind === "host";
  if (!isHost || defaults.javaMajors.includes(major)) {
    return (
      <p className="flex items-center gap-2 text-sm text-muted-foreground">
        <CircleCheckIcon aria-hidden="true" className="size-4 text-state-running" />
        {isHost ? t("found", { major }) : launch("fixed", { major: String(imageJava(major)) })}
      </p>
    );
  }
  return (
    <Alert variant="warning" role="status">
      <TriangleAlertIcon aria-hidden="true" />
      <AlertTitle>{t("missing", { major })}</AlertTitle>
      <AlertDescription>
        <p>{t("others", { count: defaults.javaMajors.length, majors: defaults.javaMajors.join(", ") })}</p>
        <p>
          {t.rich("whatToDo", {
            major: String(major),
            code: (text) => <code className="rounded bg-muted px-1 py-0.5 font-mono text-xs">{text}</code>,
          })}
        </p>
        {mayInstall && <InstallJava majors={[major]} onDone={lookAgain} />}
        <Button variant="outline" size="sm" disabled={isFetching} onClick={lookAgain} className="mt-1">
          {t("again")}
        </Button>
      </AlertDescription>
    </Alert>
  );
}
