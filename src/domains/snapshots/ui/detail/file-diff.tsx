"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { type DiffLine, foldLines } from "./fold-lines";

interface FileDiffViewProps {
  snapshotId: string;
  path: string;
  withSnapshotId: string | null;
}

/** What is different in one text file, line by line. */
export function FileDiffView({ snapshotId, path, withSnapshotId }: FileDiffViewProps) {
  const t = useTranslations("snapshots");
  const { data, error, refetch } = useQuery(
    useTRPC().snapshots.diffFile.queryOptions({ snapshotId, path, ...(withSnapshotId && { withSnapshotId }) }),
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div role="status" aria-label={t("diff.loading")} className="grid gap-1.5 p-3">
        <Skeleton className="h-3.5 w-2/3" />
        <Skeleton className="h-3.5 w-1/2" />
      </div>
    );
  if (data.kind !== "text") return <p className="p-3 text-sm text-muted-foreground">{t(`diff.${data.kind}`)}</p>;
  if (data.lines.every(({ kind }) => kind === "same"))
    return <p className="p-3 text-sm text-muted-foreground">{t("diff.same")}</p>;
  return (
    <section
      aria-label={t("compare.diffOf", { path })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-md border bg-muted font-mono text-xs leading-5"
    >
      <ol className="w-max min-w-full">
        {foldLines(data.lines).map((part) =>
          part.kind === "folded" ? (
            <li
              key={`folded ${part.lines[0]?.before} ${part.lines[0]?.after}`}
              className="border-y bg-card px-3 text-muted-foreground"
            >
              {t("diff.folded", { count: part.lines.length })}
            </li>
          ) : (
            part.lines.map((line) => <Line key={`${line.kind} ${line.before} ${line.after}`} line={line} />)
          ),
        )}
      </ol>
    </section>
  );
}

const signs = { same: " ", added: "+", removed: "-" } as const;

function Line({ line }: { line: DiffLine }) {
  const t = useTranslations("snapshots.diff");
  const { kind, text, before, after } = line;
  return (
    <li className={cn("flex", kind === "added" && "bg-state-running/15", kind === "removed" && "bg-state-crashed/15")}>
      <span aria-hidden="true" className="w-10 shrink-0 pr-2 text-right text-muted-foreground select-none">
        {before ?? after}
      </span>
      <span aria-hidden="true" className="w-4 shrink-0 select-none">
        {signs[kind]}
      </span>
      {kind !== "same" && <span className="sr-only">{t(kind === "added" ? "lineAdded" : "lineRemoved")}</span>}
      <span className="pr-3 whitespace-pre">{text || " "}</span>
    </li>
  );
}
