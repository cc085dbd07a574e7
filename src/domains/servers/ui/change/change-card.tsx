"use client";

import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { ChangeOutcome } from "./change-outcome";
import { ChangeProgress } from "./change-progress";
import { UndoChange } from "./undo-change";

/** A change of version on the server's page: under way, put back with the reason, or done with the way back. Nothing else. */
export function ChangeCard({ server }: { server: Server }) {
  const trpc = useTRPC();
  const jobs = useQuery(trpc.jobs.list.queryOptions({ serverId: server.id, limit: 20 })).data?.items ?? [];
  const job = jobs.find(({ kind }) => kind === "servers.changeVersion" || kind === "servers.undoChange");
  const last = useQuery(trpc.servers.lastChange.queryOptions({ serverId: server.id }));
  if (job?.status === "running") return <ChangeProgress server={server} job={job} change={last.data ?? null} />;
  return (
    <>
      {job?.error && <ChangeOutcome key={job.id} job={job} />}
      {last.data?.canUndo && <UndoChange server={server} change={last.data} />}
    </>
  );
}
