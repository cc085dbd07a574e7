"use client";

import { CircleAlertIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import { plainLogText } from "@/domains/console/ui/clean-log-text";
import type { Job } from "@/domains/jobs/contract";
import { serverTypeSchema } from "@/domains/versions/contract";
import { putBackReasons } from "../../change-contract";
import { useCauseText } from "../use-cause-text";

const putBackSchema = z.object({
  reason: z.enum(putBackReasons),
  cause: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
  evidence: z.array(z.string()),
  after: z.object({ type: serverTypeSchema, version: z.string() }),
});

/** How the last change ended that does not stand: why, the lines that show it, and that all is as before. */
export function ChangeOutcome({ job }: { job: Job }) {
  const t = useTranslations("servers.change");
  const types = useTranslations("versions.types");
  const causeText = useCauseText();
  const errorText = useErrorText();
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed || !job.error) return null;
  const told = putBackSchema.safeParse(job.error.details).data;
  const cause = told?.cause && (told.reason === "ended" || told.reason === "start_failed") ? told.cause : null;
  const { what, toDo } = cause ? causeText(cause, told?.params ?? {}) : { what: null, toDo: null };
  const title = told
    ? t("putBack", { name: `${types(told.after.type)} ${told.after.version}` })
    : t(job.kind === "servers.undoChange" ? "undoFailed" : "failed", { name: job.subject });
  return (
    <Alert variant="destructive" className="min-w-0 pr-12 has-[>svg]:grid-cols-[1rem_minmax(0,1fr)]">
      <CircleAlertIcon aria-hidden="true" />
      <AlertTitle>{title}</AlertTitle>
      <AlertDescription className="min-w-0 grid-cols-[minmax(0,1fr)] justify-items-stretch gap-2">
        {told ? (
          <p>
            {t(`reason.${told.reason}`)} {what} {t("isAsBefore")}
          </p>
        ) : (
          <p>{errorText(job.error).text}</p>
        )}
        {toDo && <p className="text-muted-foreground">{toDo}</p>}
        {told && told.evidence.length > 0 && (
          <section
            aria-label={t("evidence")}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard
            tabIndex={0}
            className="max-h-56 overflow-auto rounded-md bg-muted p-3 text-foreground"
          >
            <pre className="font-mono text-xs leading-5 whitespace-pre">
              {told.evidence.map(plainLogText).join("\n")}
            </pre>
          </section>
        )}
      </AlertDescription>
      <Button
        variant="ghost"
        size="sm"
        aria-label={t("dismiss")}
        className="absolute top-2 right-2 text-foreground"
        onClick={() => setDismissed(true)}
      >
        <XIcon />
      </Button>
    </Alert>
  );
}
