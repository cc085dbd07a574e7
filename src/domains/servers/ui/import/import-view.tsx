"use client";

import { useMutation } from "@tanstack/react-query";
import { SearchIcon } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { DeniedState } from "@/components/denied-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardContent } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { ImportSource } from "../../import-contract";
import { CreateFailure } from "../create/create-failure";
import { CreateProgress } from "../create/create-progress";
import { usePermission } from "../use-permission";
import { ChooseArchive } from "./choose-archive";
import { ChooseFolder } from "./choose-folder";
import { ConfirmImport } from "./confirm-import";

/** From an archive or a folder to a server: choose, look, confirm. `?job=` in the address keeps its progress over a reload. */
export function ImportView() {
  const t = useTranslations("imports");
  const trpc = useTRPC();
  const router = useRouter();
  const jobId = useSearchParams().get("job");
  const { has, isKnown } = usePermission();
  const [source, setSource] = useState<ImportSource | null>(null);
  const inspect = useMutation(trpc.servers.inspectImport.mutationOptions());
  const { data: job, error } = useQuery(
    trpc.jobs.get.queryOptions({ jobId: jobId ?? "" }, { enabled: jobId !== null, retry: false }),
  );
  const isWorking = jobId !== null && (job === undefined || job.status === "running" || job.status === "succeeded");
  useEffect(() => {
    if (job?.status !== "succeeded") return;
    toast.success(t("done", { name: job.subject }));
    router.replace(job.serverId ? `/servers/${job.serverId}` : "/servers");
  }, [job, router, t]);

  const look = (chosen: ImportSource) => {
    setSource(chosen);
    inspect.mutate({ source: chosen });
  };
  const restart = () => {
    inspect.reset();
    setSource(null);
    window.history.replaceState(null, "", "/servers/import");
  };
  const body = () => {
    if (isKnown && !has("servers.create")) return <DeniedState permission="servers.create" />;
    if (jobId !== null && error) return <ErrorState error={error} onRetry={restart} />;
    if (isWorking)
      return job ? (
        <CreateProgress job={job} type={null} />
      ) : (
        <Skeleton role="status" aria-label={t("loading")} className="mx-auto h-56 w-full max-w-xl" />
      );
    if (source && inspect.isPending)
      return (
        <Card className="mx-auto w-full max-w-xl">
          <CardContent role="status" className="flex items-center gap-3">
            <SearchIcon aria-hidden="true" className="size-5 animate-state-pulse text-muted-foreground" />
            {t("looking")}
          </CardContent>
        </Card>
      );
    if (source && inspect.data)
      return (
        <ConfirmImport
          source={source}
          found={inspect.data}
          onBack={restart}
          onJob={(id) => window.history.replaceState(null, "", `/servers/import?job=${id}`)}
        />
      );
    return (
      <div className="mx-auto grid w-full max-w-2xl gap-4">
        {job?.error && <CreateFailure error={job.error} />}
        {inspect.error && (
          <div className="grid justify-items-center gap-3">
            <ErrorState error={inspect.error} onRetry={source ? () => look(source) : undefined} />
            <Button variant="outline" onClick={restart}>
              {t("another")}
            </Button>
          </div>
        )}
        {!inspect.error && (
          <Tabs defaultValue="archive" className="grid gap-4">
            <TabsList>
              <TabsTrigger value="archive" className="max-md:h-11">
                {t("archive.title")}
              </TabsTrigger>
              {has("system.update_settings") && (
                <TabsTrigger value="folder" className="max-md:h-11">
                  {t("folder.title")}
                </TabsTrigger>
              )}
            </TabsList>
            <TabsContent value="archive">
              <ChooseArchive onSent={(uploadId) => look({ kind: "upload", uploadId })} />
            </TabsContent>
            <TabsContent value="folder">
              <ChooseFolder onChoose={(path) => look({ kind: "folder", path })} />
            </TabsContent>
          </Tabs>
        )}
      </div>
    );
  };
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      {body()}
    </>
  );
}
