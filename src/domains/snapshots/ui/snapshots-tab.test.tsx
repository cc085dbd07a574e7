// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, TRPCClientError } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { NextIntlClientProvider } from "next-intl";
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "@/domains/auth/contract";
import type { Permission } from "@/domains/auth/permissions";
import type { Job } from "@/domains/jobs/contract";
import type { Server } from "@/domains/servers/contract";
import en from "@/i18n/messages/en.json";
import ja from "@/i18n/messages/ja.json";
import type { AppRouter } from "@/server/trpc/root";
import { TRPCProvider } from "@/trpc/client";
import type { Snapshot, SnapshotUsage } from "../contract";
import { RestoreDialog } from "./restore-dialog";
import { SnapshotList } from "./snapshot-list";
import { UndoCard } from "./undo-card";

const serverId = "0198c0de-0000-7000-8000-00000000000a";
const everything: Permission[] = [
  "servers.view",
  "servers.restart",
  "backups.view",
  "backups.create",
  "backups.restore",
  "backups.delete",
  "backups.download",
];
const server = { id: serverId, ownerId: "me", name: "Keep", state: "running", live: { playersOnline: 2 } } as Server;
const snapshot = (part: Partial<Snapshot>): Snapshot => ({
  id: "0198c0de-0000-7000-8000-00000000000b",
  serverId,
  resource: "server_full",
  path: "",
  version: 3,
  type: "manual",
  status: "complete",
  size: 2048,
  addedBytes: 1024,
  fileCount: 2,
  checksum: null,
  metadata: {},
  isPinned: false,
  note: "",
  createdBy: "ada",
  createdAt: new Date("2026-03-01T12:00:00Z"),
  verifiedAt: null,
  verification: null,
  ...part,
});

let root: Root;
let host: HTMLElement;
let calls: { path: string; input: unknown }[];

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  calls = [];
  host = document.body.appendChild(document.createElement("div"));
  root = createRoot(host);
});

afterEach(async () => {
  await act(() => root.unmount());
  document.body.replaceChildren();
});

interface Answers {
  permissions?: Permission[];
  snapshots?: Snapshot[];
  jobs?: Job[];
  locale?: "en" | "ja";
}

/** Renders with an API that knows these answers and notes what else it is asked. */
async function show(
  children: ReactNode,
  { permissions = everything, snapshots = [], jobs = [], locale = "en" }: Answers = {},
) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const answers: Record<string, unknown> = {
    "auth.me": { id: "me", permissions, sharedServers: {} } as Partial<Me>,
    "snapshots.list": { items: snapshots, nextCursor: null },
    "jobs.list": { items: jobs, nextCursor: null },
  };
  const api = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            if (!(op.path in answers)) calls.push({ path: op.path, input: op.input });
            if (op.type === "query" && !(op.path in answers)) return observer.error(new TRPCClientError(op.path));
            observer.next({ result: { data: answers[op.path] ?? {} } });
            observer.complete();
          }),
    ],
  });
  await act(() =>
    root.render(
      <NextIntlClientProvider
        locale={locale}
        messages={locale === "en" ? en : ja}
        timeZone="UTC"
        onError={(error) => {
          throw error;
        }}
      >
        <QueryClientProvider client={client}>
          <TRPCProvider trpcClient={api} queryClient={client}>
            {children}
          </TRPCProvider>
        </QueryClientProvider>
      </NextIntlClientProvider>,
    ),
  );
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
}

const list = <SnapshotList server={server} filter={{ type: null, resource: null }} onFilter={() => {}} create={null} />;
const text = () => document.body.textContent ?? "";
const button = (name: RegExp) =>
  [...document.querySelectorAll("button")].find((found) =>
    name.test(found.getAttribute("aria-label") ?? found.textContent ?? ""),
  );

it.each(["en", "ja"] as const)("tells of each snapshot what it is worth (%s)", async (locale) => {
  const words = locale === "en" ? en.snapshots : ja.snapshots;
  const failure = { code: "NOT_QUIET", message: "" };
  await show(list, {
    locale,
    snapshots: [
      snapshot({ id: "1", status: "running" }),
      snapshot({ id: "2", status: "failed", metadata: { failure } }),
      snapshot({ id: "3", note: "Before the bridge", isPinned: true, verification: "good", verifiedAt: new Date() }),
      snapshot({ id: "4", type: "scheduled", resource: "world", path: "world", createdBy: "backup-schedule" }),
    ],
    jobs: [
      {
        id: "j",
        kind: "snapshots.create",
        subject: "Keep",
        status: "running",
        step: "read",
        done: 1,
        total: 4,
        unit: "bytes",
      } as Job,
    ],
  });
  const said = [words.running, words.failed, words.pinned, words.bySchedule, words.verification.unknown];
  for (const sentence of [...said, "Before the bridge", locale === "en" ? "1 B of 4 B" : "4 B"])
    expect(text()).toContain(sentence);
  expect(text()).toContain((locale === "en" ? en : ja).errors.NOT_QUIET);
  expect(document.querySelector("[role=progressbar]")).not.toBeNull();
  expect(document.querySelectorAll("li a")).toHaveLength(2);
});

it("offers no restore of a damaged one, and nothing to somebody who may only look", async () => {
  await show(list, { snapshots: [snapshot({ verification: "damaged", verifiedAt: new Date() })] });
  expect(button(/^Restore/)).toBeUndefined();
  expect(button(/^More actions/)).toBeDefined();
  await act(() => root.unmount());
  root = createRoot(host);
  await show(list, { snapshots: [snapshot({})], permissions: ["servers.view", "backups.view"] });
  expect(text()).toContain("By hand");
  expect(document.querySelectorAll("li button")).toHaveLength(0);
});

const restoreDialog = (state: Server["state"]) => (
  <RestoreDialog server={{ ...server, state }} snapshot={snapshot({})} onClose={() => {}} />
);

it("asks for the name before a running server is stopped for a restore", async () => {
  await show(restoreDialog("running"));
  expect(document.querySelectorAll("ol li")).toHaveLength(5);
  expect(text()).toContain("2 players are disconnected");
  const confirm = () => button(/^Stop, restore and start$/);
  expect(confirm()?.disabled).toBe(true);
  const input = document.querySelector<HTMLInputElement>("#restore-name");
  await act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, "Keep");
    input?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(confirm()?.disabled).toBe(false);
  await act(() => confirm()?.click());
  await vi.waitFor(() =>
    expect(calls).toContainEqual({ path: "snapshots.restore", input: { snapshotId: snapshot({}).id, restart: true } }),
  );
});

it("restores a stopped server without a question, and not at all what may not be restarted", async () => {
  await show(restoreDialog("stopped"));
  expect(document.querySelectorAll("ol li")).toHaveLength(3);
  expect(button(/^Restore$/)?.disabled).toBe(false);
  await act(() => root.unmount());
  root = createRoot(host);
  await show(restoreDialog("running"), { permissions: everything.filter((name) => name !== "servers.restart") });
  expect(text()).toContain(en.snapshots.restore.stopFirst);
  expect(button(/^Stop, restore and start$/)?.disabled).toBe(true);
});

it("undoes at one click while the server is stopped, and asks while it runs", async () => {
  const undoable: NonNullable<SnapshotUsage["undoable"]> = { restoredAt: new Date(), snapshot: snapshot({}) };
  await show(<UndoCard server={{ ...server, state: "stopped" }} undoable={undoable} />);
  await act(() => button(/^Undo the restore$/)?.click());
  await vi.waitFor(() => expect(calls).toEqual([{ path: "snapshots.undoRestore", input: { serverId } }]));
  await act(() => root.unmount());
  root = createRoot(host);
  calls = [];
  await show(<UndoCard server={server} undoable={undoable} />);
  await act(() => button(/^Undo the restore$/)?.click());
  expect(calls).toEqual([]);
  await act(() => button(/^Stop and undo$/)?.click());
  await vi.waitFor(() =>
    expect(calls).toEqual([{ path: "snapshots.undoRestore", input: { serverId, restart: true } }]),
  );
});
