import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { beforeEach, expect, it, vi } from "vitest";
import type { Job } from "@/domains/jobs/contract";
import type { Server, TimelineEntry } from "@/domains/servers/contract";
import type { AppRouter } from "@/server/trpc/root";
import { applyServerEvent } from "./apply-server-event";

const a = "0198c0de-0000-7000-8000-00000000000a";
const b = "0198c0de-0000-7000-8000-00000000000b";
const live = { cpu: 0.5, memoryBytes: 1, playersOnline: 2, playersMax: 20, playerNames: ["steve", "alex"] };
const server = (id: string, state: Server["state"]) =>
  ({ id, name: id, state, live: { ...live, cpu: null } }) as Server;
const job = (id: string, status: Job["status"], serverId = a) =>
  ({ id, status, serverId, kind: "servers.create" }) as Job;
const entry = (id: string) => ({ id, kind: "state" }) as TimelineEntry;

let client: QueryClient;
let keys: ReturnType<typeof createTRPCOptionsProxy<AppRouter>>;

beforeEach(() => {
  client = new QueryClient();
  keys = createTRPCOptionsProxy<AppRouter>({ client: createTRPCClient<AppRouter>({ links: [] }), queryClient: client });
});

it("replaces a server in the list and on its page, and adds a new one", () => {
  client.setQueryData(keys.servers.list.queryKey(), [server(a, "stopped")]);
  client.setQueryData(keys.servers.get.queryKey({ serverId: a }), server(a, "stopped"));
  applyServerEvent(client, { kind: "server", server: server(a, "starting") });
  applyServerEvent(client, { kind: "server", server: server(b, "stopped") });
  expect(client.getQueryData(keys.servers.list.queryKey())?.map((s) => [s.id, s.state])).toEqual([
    [a, "starting"],
    [b, "stopped"],
  ]);
  expect(client.getQueryData(keys.servers.get.queryKey({ serverId: a }))?.state).toBe("starting");
});

it("leaves it to the server whether a changed server still belongs to a filtered list", () => {
  const key = keys.servers.list.queryKey({ state: "stopped" });
  client.setQueryData(key, [server(a, "stopped")]);
  applyServerEvent(client, { kind: "server", server: server(b, "stopped") });
  expect(client.getQueryData(key)).toHaveLength(1);
  expect(client.getQueryState(key)?.isInvalidated).toBe(true);
});

it("asks again when an answer was on its way that may be older than the event", async () => {
  const key = keys.servers.list.queryKey();
  const answers = [server(a, "stopped"), server(a, "running")];
  const release: (() => void)[] = [];
  const queryFn = () => new Promise<Server[]>((resolve) => release.push(() => resolve(answers.splice(0, 1))));
  const observer = new QueryObserver(client, { queryKey: key, queryFn });
  const unsubscribe = observer.subscribe(() => {});
  await vi.waitFor(() => expect(release).toHaveLength(1));
  applyServerEvent(client, { kind: "server", server: server(a, "running") });
  release[0]?.();
  await vi.waitFor(() => expect(release).toHaveLength(2));
  release[1]?.();
  await vi.waitFor(() => expect(client.getQueryData(key)?.[0]?.state).toBe("running"));
  unsubscribe();
});

it("writes live figures without touching the rest", () => {
  client.setQueryData(keys.servers.list.queryKey(), [server(a, "running"), server(b, "running")]);
  client.setQueryData(keys.servers.get.queryKey({ serverId: a }), server(a, "running"));
  applyServerEvent(client, { kind: "live", serverId: a, live });
  const list = client.getQueryData(keys.servers.list.queryKey());
  expect(list?.map((s) => s.live.cpu)).toEqual([0.5, null]);
  expect(client.getQueryData(keys.servers.get.queryKey({ serverId: a }))).toMatchObject({ state: "running", live });
});

it("takes a removed server out of the list and asks its page again", () => {
  client.setQueryData(keys.servers.list.queryKey(), [server(a, "stopped"), server(b, "stopped")]);
  client.setQueryData(keys.servers.get.queryKey({ serverId: a }), server(a, "stopped"));
  applyServerEvent(client, { kind: "removed", serverId: a });
  expect(client.getQueryData(keys.servers.list.queryKey())?.map((s) => s.id)).toEqual([b]);
  expect(client.getQueryState(keys.servers.get.queryKey({ serverId: a }))?.isInvalidated).toBe(true);
});

it("puts a timeline entry on top once, in a page and in an endless list", () => {
  const single = keys.servers.timeline.queryKey({ serverId: a });
  const endless = keys.servers.timeline.infiniteQueryKey({ serverId: a });
  const other = keys.servers.timeline.queryKey({ serverId: b });
  client.setQueryData(single, { items: [entry("1")], nextCursor: null });
  client.setQueryData(other, { items: [], nextCursor: null });
  client.setQueryData(endless, {
    pages: [
      { items: [entry("1")], nextCursor: "x" },
      { items: [entry("0")], nextCursor: null },
    ],
    pageParams: [null, "x"],
  });
  for (let i = 0; i < 2; i++) applyServerEvent(client, { kind: "timeline", serverId: a, entry: entry("2") });
  expect(client.getQueryData(single)?.items.map((e) => e.id)).toEqual(["2", "1"]);
  expect(client.getQueryData(other)?.items).toEqual([]);
  expect(client.getQueryData(endless)?.pages.map((page) => page.items.map((e) => e.id))).toEqual([["2", "1"], ["0"]]);
});

it("keeps a finished job in the full list and drops it from the running ones", () => {
  const all = keys.jobs.list.queryKey({});
  const active = keys.jobs.list.queryKey({ active: true });
  const ofOther = keys.jobs.list.queryKey({ serverId: b });
  for (const key of [all, active, ofOther]) client.setQueryData(key, { items: [], nextCursor: null });
  client.setQueryData(keys.jobs.get.queryKey({ jobId: b }), job(b, "running"));
  applyServerEvent(client, { kind: "job", job: job(b, "running") });
  expect(client.getQueryData(active)?.items).toHaveLength(1);
  applyServerEvent(client, { kind: "job", job: job(b, "succeeded") });
  expect(client.getQueryData(active)?.items).toEqual([]);
  expect(client.getQueryData(all)?.items.map((j) => j.status)).toEqual(["succeeded"]);
  expect(client.getQueryData(ofOther)?.items).toEqual([]);
  expect(client.getQueryData(keys.jobs.get.queryKey({ jobId: b }))?.status).toBe("succeeded");
});

it("reads everything anew after a hello or a gap", () => {
  for (const kind of ["hello", "lagged"] as const) {
    client.setQueryData(keys.servers.list.queryKey(), []);
    applyServerEvent(client, { kind });
    expect(client.getQueryState(keys.servers.list.queryKey())?.isInvalidated).toBe(true);
  }
});
