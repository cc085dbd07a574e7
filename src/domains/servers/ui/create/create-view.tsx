"use client";

import { LockIcon } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { TemplatesBar } from "../templates/templates-bar";
import { usePermission } from "../use-permission";
import { clearDraft, loadDraft, saveDraft } from "./create-draft";
import { CreateForm } from "./create-form";
import type { CreateForm as Values } from "./create-form-schema";
import { CreateProgress } from "./create-progress";

/** The page that makes a server. `?job=` in the address keeps its progress over a reload. */
export function CreateView() {
  const t = useTranslations("create");
  const trpc = useTRPC();
  const router = useRouter();
  const jobId = useSearchParams().get("job");
  const { has, isKnown } = usePermission();
  const [draft, setDraft] = useState<Values | null | undefined>(undefined);
  /** How often a template has filled the form anew. */
  const [filled, setFilled] = useState(0);
  const {
    data: job,
    error,
    refetch,
  } = useQuery(trpc.jobs.get.queryOptions({ jobId: jobId ?? "" }, { enabled: jobId !== null, retry: false }));
  const isWorking = jobId !== null && (job === undefined || job.status === "running" || job.status === "succeeded");

  useEffect(() => {
    if (!isWorking) setDraft(loadDraft(window.sessionStorage));
  }, [isWorking]);
  useEffect(() => {
    if (job?.status !== "succeeded") return;
    clearDraft(window.sessionStorage);
    toast.success(t("done", { name: job.subject }));
    router.replace(job.serverId ? `/servers/${job.serverId}` : "/servers");
  }, [job, router, t]);
  const toJob = (id: string) => {
    setDraft(undefined); // read anew if the job fails
    window.history.replaceState(null, "", `/servers/new?job=${id}`);
  };
  const toForm = () => window.history.replaceState(null, "", "/servers/new");

  const body = () => {
    if (isKnown && !has("servers.create")) return <EmptyState icon={LockIcon} title={t("noPermission")} />;
    if (jobId !== null && error) {
      return (
        <div className="grid justify-items-center gap-3">
          <ErrorState error={error} onRetry={() => refetch()} />
          <Button variant="outline" onClick={toForm}>
            {t("backToForm")}
          </Button>
        </div>
      );
    }
    if (isWorking) {
      if (!job) return <Skeleton className="mx-auto h-56 w-full max-w-xl" />;
      return <CreateProgress job={job} type={loadDraft(window.sessionStorage)?.type ?? null} />;
    }
    if (draft === undefined) return <Skeleton className="h-96" />;
    const failure = job?.error ?? null;
    return (
      <>
        <TemplatesBar
          onUse={(values) => {
            saveDraft(window.sessionStorage, values);
            setDraft(values);
            setFilled(filled + 1);
          }}
        />
        <CreateForm key={filled} draft={draft} failure={failure} onJob={toJob} />
      </>
    );
  };
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      {body()}
    </>
  );
}
