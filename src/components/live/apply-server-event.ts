import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { Job } from "@/domains/jobs/contract";
import { applyMetrics } from "@/domains/metrics/ui/apply-metrics";
import type { Server, ServerEvent, TimelineEntry } from "@/domains/servers/contract";
import { updatePage } from "./update-page";

/** Paths of the queries that the stream keeps fresh; the second part of a key, if any, holds the query's input. */
const path = {
  serverList: [["servers", "list"]],
  server: [["servers", "get"]],
  container: [["servers", "container"]],
  timeline: [["servers", "timeline"]],
  jobList: [["jobs", "list"]],
  job: [["jobs", "get"]],
  members: [["servers", "members"]],
} satisfies Record<string, QueryKey>;

/** Writes one event of the stream into the query cache, so that every list and page shows it at once. */
export function applyServerEvent(client: QueryClient, event: ServerEvent): void {
  if (event.kind === "server") applyServer(client, event.server);
  else if (event.kind === "live") mapServers(client, event.serverId, (server) => ({ ...server, live: event.live }));
  else if (event.kind === "removed") applyRemoved(client, event.serverId);
  else if (event.kind === "timeline") applyTimeline(client, event.serverId, event.entry);
  else if (event.kind === "job") applyJob(client, event.job);
  else if (event.kind === "snapshots") void client.invalidateQueries({ queryKey: [["snapshots"]] });
  else if (event.kind === "players") void client.invalidateQueries({ queryKey: [["players"]] });
  else if (event.kind === "files") applyFiles(client, event);
  else if (event.kind === "groups") void client.invalidateQueries({ queryKey: [["groups"]] });
  else if (event.kind === "people") void client.invalidateQueries({ queryKey: [["users"]] });
  else if (event.kind === "metrics" || event.kind === "host") applyMetrics(client, event);
  else void client.invalidateQueries();
}

function applyServer(client: QueryClient, server: Server) {
  for (const { key, input, data } of entries<Server[]>(client, path.serverList)) {
    if (data?.some((known) => known.id === server.id)) {
      client.setQueryData<Server[]>(
        key,
        data.map((known) => (known.id === server.id ? server : known)),
      );
    } else if (data && isUnfiltered(input)) {
      client.setQueryData<Server[]>(key, [...data, server]);
    }
    // A filter may now say otherwise about this server.
    if (!isUnfiltered(input)) void client.invalidateQueries({ queryKey: key, exact: true });
    askAgain(client, key);
  }
  for (const { key, input } of entries<Server>(client, path.server)) {
    if (input.serverId !== server.id) continue;
    client.setQueryData<Server>(key, server);
    askAgain(client, key);
  }
  for (const { key, input } of entries<unknown>(client, path.container))
    if (input.serverId === server.id) void client.invalidateQueries({ queryKey: key, exact: true });
}

function mapServers(client: QueryClient, serverId: string, change: (server: Server) => Server) {
  for (const { key, data } of entries<Server[]>(client, path.serverList)) {
    if (!data?.some((server) => server.id === serverId)) continue;
    client.setQueryData<Server[]>(
      key,
      data.map((server) => (server.id === serverId ? change(server) : server)),
    );
  }
  for (const { key, input, data } of entries<Server>(client, path.server)) {
    if (data && input.serverId === serverId) client.setQueryData<Server>(key, change(data));
  }
}

function applyRemoved(client: QueryClient, serverId: string) {
  for (const { key, data } of entries<Server[]>(client, path.serverList)) {
    if (data) {
      client.setQueryData<Server[]>(
        key,
        data.filter((server) => server.id !== serverId),
      );
    }
    askAgain(client, key);
  }
  // An open page of this server asks again and shows what the answer says: gone.
  for (const { key, input } of entries<Server>(client, path.server)) {
    if (input.serverId === serverId) void client.invalidateQueries({ queryKey: key, exact: true });
  }
}

function applyTimeline(client: QueryClient, serverId: string, entry: TimelineEntry) {
  if (entry.kind === "shared" || entry.kind === "unshared") {
    for (const { key, input } of entries<unknown>(client, path.members))
      if (input.serverId === serverId) void client.invalidateQueries({ queryKey: key, exact: true });
  }
  for (const { key, input } of entries<unknown>(client, path.timeline)) {
    if (input.serverId !== serverId) continue;
    updatePage<TimelineEntry>(client, key, (items) =>
      items.some((known) => known.id === entry.id) ? items : [entry, ...items],
    );
  }
}

/** Lists of the folders that were changed, and what else may have changed with them. */
function applyFiles(client: QueryClient, { serverId, folders }: Extract<ServerEvent, { kind: "files" }>) {
  const changed = new Set(folders);
  void client.invalidateQueries({
    predicate: ({ queryKey }) => {
      const [[domain, name] = [], options] = queryKey as [string[]?, { input?: { serverId?: string; path?: string } }?];
      if (options?.input?.serverId !== serverId) return false;
      if (domain === "servers" && name === "icon") return changed.has("");
      if (domain !== "files") return false;
      return name !== "list" || changed.has(options.input.path ?? "");
    },
  });
}

function applyJob(client: QueryClient, job: Job) {
  const isChange = job.kind === "servers.changeVersion" || job.kind === "servers.undoChange";
  if (isChange && (job.status !== "running" || job.step === null))
    void client.invalidateQueries({ queryKey: [["servers", "lastChange"]] });
  if (job.kind.startsWith("snapshots.") && job.status !== "running")
    void client.invalidateQueries({ queryKey: [["snapshots"]] });
  for (const { key, input } of entries<unknown>(client, path.jobList)) {
    if (input.serverId !== undefined && input.serverId !== job.serverId) continue;
    const isWanted = input.active !== true || job.status === "running";
    updatePage<Job>(client, key, (items) => {
      const others = items.filter((known) => known.id !== job.id);
      if (!isWanted) return others;
      return others.length === items.length
        ? [job, ...items]
        : items.map((known) => (known.id === job.id ? job : known));
    });
    askAgain(client, key);
  }
  for (const { key, input } of entries<Job>(client, path.job)) {
    if (input.jobId === job.id) client.setQueryData<Job>(key, job);
  }
}

type Input = Record<string, unknown>;

function entries<Data>(client: QueryClient, queryKey: QueryKey) {
  return client
    .getQueryCache()
    .findAll({ queryKey })
    .map((query) => ({
      key: query.queryKey,
      input: ((query.queryKey[1] as { input?: Input } | undefined)?.input ?? {}) as Input,
      data: query.state.data as Data | undefined,
    }));
}

function isUnfiltered(input: Input): boolean {
  return Object.values(input).every((value) => value === undefined || value === "");
}

/** An answer that was already on its way may be older than the event: once it is here, it is asked for again. */
function askAgain(client: QueryClient, queryKey: QueryKey) {
  const query = client.getQueryCache().find({ queryKey, exact: true });
  if (query?.state.fetchStatus !== "fetching") return;
  const invalidate = () => void client.invalidateQueries({ queryKey, exact: true });
  query.promise?.then(invalidate, invalidate);
}
