"use client";

import { CircleAlertIcon, InfoIcon, TerminalIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { plainLogText } from "@/domains/console/ui/clean-log-text";
import { cn } from "@/lib/cn";
import type { Server } from "../../contract";
import { RetryNote } from "../retry-note";
import { useCauseText } from "../use-cause-text";
import { AcceptEula } from "./accept-eula";
import { CancelRetry } from "./cancel-retry";
import { isEndWorthTelling } from "./is-end-worth-telling";
import { MissingJava } from "./missing-java";

/** Why the server is down, the lines that prove it, and what to do. Nothing after an ordinary stop or while it runs. */
export function EndCard({ server }: { server: Server }) {
  const t = useTranslations("servers.end");
  const causeText = useCauseText();
  const end = server.lastEnd;
  if (!end || !isEndWorthTelling(server)) return null;
  const { what, toDo } = causeText(end.cause, end.params);
  // A start that was refused beforehand left no process behind, and its evidence only repeats the cause.
  const hasRun = end.isCrash || end.exit.code !== null || end.exit.signal !== null;
  const showsEvidence = end.evidence.length > 0 && (hasRun || end.cause === "never_ran");
  const Icon = end.isCrash ? CircleAlertIcon : InfoIcon;
  const when = new Date(end.exit.at);
  return (
    <section aria-label={t(end.isCrash ? "crashed" : "failed")}>
      <Card className={end.isCrash ? "border-state-crashed/50" : "border-state-changing/50"}>
        <CardHeader>
          <CardTitle
            className={cn(
              "flex flex-wrap items-center gap-x-2 gap-y-1",
              end.isCrash ? "text-state-crashed" : "text-state-changing",
            )}
          >
            <Icon aria-hidden="true" className="size-4" />
            {t(end.isCrash ? "crashed" : "failed")}
            <RelativeTime date={when} className="text-xs font-normal text-muted-foreground" />
            <span className="ml-auto font-normal">
              <RetryNote server={server} />
            </span>
          </CardTitle>
        </CardHeader>
        <CardContent className="grid gap-3">
          <div className="grid gap-1">
            <p className="font-medium">{what}</p>
            {toDo && <p className="text-sm text-muted-foreground">{toDo}</p>}
          </div>
          {end.cause === "java_not_found" && typeof end.params.required === "number" && (
            <MissingJava server={server} major={end.params.required} />
          )}
          {end.cause === "eula" && <AcceptEula server={server} />}
          {showsEvidence && (
            <section
              aria-label={t("evidence")}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard
              tabIndex={0}
              className="max-h-56 overflow-auto rounded-md bg-muted p-3"
            >
              <pre className="font-mono text-xs leading-5 whitespace-pre">
                {end.evidence.map(plainLogText).join("\n")}
              </pre>
            </section>
          )}
          <div className="flex flex-wrap items-center justify-between gap-2 text-xs text-muted-foreground">
            <p className="tabular-nums">
              {end.exit.signal !== null && t("signal", { signal: end.exit.signal })}
              {end.exit.signal === null && end.exit.code !== null && t("code", { code: String(end.exit.code) })}
              {hasRun && end.exit.signal === null && end.exit.code === null && t("unseen")}
              {end.crashReport && <span className="ml-3 font-mono">crash-reports/{end.crashReport}</span>}
            </p>
            <span className="flex flex-wrap gap-2">
              <CancelRetry server={server} />
              <Button asChild variant="outline" size="sm" className="max-md:h-11">
                <Link href={`/servers/${server.id}/console`}>
                  <TerminalIcon aria-hidden="true" />
                  {t("toConsole")}
                </Link>
              </Button>
            </span>
          </div>
        </CardContent>
      </Card>
    </section>
  );
}
