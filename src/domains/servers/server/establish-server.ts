import { randomBytes, randomUUID } from "node:crypto";
import { rename } from "node:fs/promises";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError } from "@/server/errors";
import { requireSpace } from "@/server/fs/free-space";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { syncFolder } from "@/server/fs/sync-folder";
import { recordAudit } from "../../audit/server/record-audit";
import type { JobControl } from "../../jobs/server/job-runner";
import { takeInitialSnapshot } from "../../snapshots/server/take-initial-snapshot";
import type { Server } from "../contract";
import { allocateGamePort, allocateRconPort } from "./allocate-ports";
import { explainUnique } from "./create-server";
import { removeLayout, stagingFolder } from "./lay-out-folder";
import { countPendingServers, holdOwnerLimits, requireRoomForServers, withDiskRoom } from "./owner-limits";
import { causedBy } from "./policy";
import { rconPlace } from "./prepare-launch";
import {
  findServerRecord,
  insertServer,
  insertTimeline,
  listSlugsLike,
  nextUidNumber,
  releasePortsOf,
} from "./repository";
import { serverUid } from "./server-uid";
import { slugify } from "./slugify";
import type { servers } from "./table";
import type { TrackedServer } from "./tracked-server";
import { uidBaseOf } from "./uid-base";

type Values = typeof servers.$inferInsert & { uidNumber: number };

/** What a person has decided about a server that comes with its files. */
export type EstablishedFields = Pick<
  typeof servers.$inferInsert,
  "name" | "type" | "version" | "launchKind" | "memoryMb" | "requiredJava" | "crashPolicy"
> &
  Partial<
    Pick<
      typeof servers.$inferInsert,
      | "description"
      | "build"
      | "javaMajor"
      | "jvmArgs"
      | "jvmPreset"
      | "cpuLimit"
      | "subdomain"
      | "autoStart"
      | "tags"
      | "jar"
      | "program"
      | "eulaAcceptedBy"
      | "eulaAcceptedAt"
    >
  >;

export interface EstablishedPlace {
  /** The folder to be made, with all its files; they belong to `uid`. */
  staging: string;
  uid: number | null;
  values: Values;
  rconPassword: string;
}

export interface Filled {
  /** Files that were written. */
  written: (string | Buffer)[];
  /** What is to be stored beside. */
  columns?: Pick<Values, "program" | "jar">;
}

/** Makes the server, if there is room for so many bytes: `copy` fills the folder. */
export type Establish = (bytes: number, copy: () => Promise<Filled>) => Promise<void>;

export interface Establishment {
  kind: "servers.import" | "servers.clone";
  fields: EstablishedFields;
  /** Null: the lowest free port of PORT_RANGE. */
  port: number | null;
  details: Record<string, unknown>;
  /** Finds out how much comes, and hands over the copying. Resolves when `establish` has. */
  fill(job: JobControl, place: EstablishedPlace, establish: Establish): Promise<void>;
  /** What is written in the transaction that makes the server. */
  alongside?(tx: Transaction, serverId: string): Promise<void>;
  /** After the first snapshot, when the server is there. */
  finish?(tracked: TrackedServer): Promise<void>;
  /** Whatever the end. */
  release?(): Promise<void> | void;
}

/**
 * Makes a server that comes with its files: ports, folder beside its place, row, first snapshot. A job. A failure, a cancel or a crash at any
 * step up to the row leaves no row, no folder and no port.
 */
export async function establishServer(
  ctx: Ctx,
  plan: Establishment,
): Promise<{ jobId: string; done: Promise<Server> }> {
  requirePermission(ctx.actor, "servers.create");
  const { actor } = ctx;
  if (actor.kind === "system")
    throw new AppError("PERMISSION_MISSING", "A server needs an owner.", { permission: "servers.create" });
  const { fields } = plan;
  const id = randomUUID();
  const ownerId = actor.userId;
  const password = randomBytes(32).toString("hex");
  const { operation, values } = await ctx.db.transaction(async (tx) => {
    const limits = await holdOwnerLimits(ctx, tx, ownerId);
    const added = 1 + (await countPendingServers(tx, ownerId));
    await requireRoomForServers(tx, limits, { ownerId, servers: added, memoryMb: fields.memoryMb });
    const values: Values = {
      ...fields,
      id,
      ownerId,
      slug: slugify(fields.name, await listSlugsLike(tx, slugify(fields.name, []))),
      port: await allocateGamePort(tx, { holder: id, wanted: plan.port, range: ctx.env.PORT_RANGE }),
      rconPort: await allocateRconPort(tx, id, ctx.env.PORT_RANGE),
      rconPassword: ctx.sealer.seal(password, rconPlace(id)),
      uidNumber: await nextUidNumber(tx),
    };
    const { name, type, version } = fields;
    const target = { kind: "server", id };
    await recordAudit(tx, actor, { action: plan.kind, target, details: { name, type, version, ...plan.details } });
    const spec = { kind: plan.kind, serverId: id, ownerId, subject: name, isCancellable: true } as const;
    return { operation: await ctx.jobs.open(tx, actor, spec), values };
  });
  const done = ctx.jobs.run(operation, (job) => build(ctx, job, { plan, values, password }));
  return { jobId: operation.id, done };
}

async function build(
  ctx: Ctx,
  job: JobControl,
  { plan, values, password }: { plan: Establishment; values: Values; password: string },
): Promise<Server> {
  const { id, ownerId } = values;
  const { paths } = ctx.dataDir;
  const staging = stagingFolder(paths, id);
  try {
    const uid = serverUid(uidBaseOf(ctx.env), values);
    const place = { staging, uid, values, rconPassword: password };
    await plan.fill(job, place, (bytes, copy) =>
      withDiskRoom(ctx, { ownerId, bytes }, async () => {
        await requireSpace(paths.servers, bytes);
        job.step("copy");
        const { written, columns } = await copy();
        await syncFilesystem(staging, written);
        await rename(staging, paths.serverFolder(id));
        await syncFolder(paths.servers);
        job.seal();
        job.step("save");
        await ctx.db.transaction(async (tx) => {
          const limits = await holdOwnerLimits(ctx, tx, ownerId);
          await requireRoomForServers(tx, limits, { ownerId, servers: 1, memoryMb: values.memoryMb });
          await insertServer(tx, { ...values, ...columns });
          const { type, version } = values;
          const detail = { type, version, ...plan.details };
          await insertTimeline(tx, { serverId: id, kind: "created", by: causedBy(ctx.actor), detail });
          await plan.alongside?.(tx, id);
        });
      }),
    );
  } catch (error) {
    // A connection that was lost during the commit leaves open whether the row was saved after all.
    const stands = (await outlastOutage(() => findServerRecord(ctx.db, id), ctx)) !== null;
    if (!stands) {
      await removeLayout(paths, id);
      await outlastOutage(() => releasePortsOf(ctx.db, id), ctx);
      throw explainUnique(error, values.subdomain ?? null);
    }
  } finally {
    await plan.release?.();
  }
  const record = await outlastOutage(() => findServerRecord(ctx.db, id), ctx);
  if (!record) throw new Error("the new server's row is missing");
  const tracked = ctx.supervisor.put(record);
  await takeInitialSnapshot(ctx, job, tracked);
  await plan
    .finish?.(tracked)
    .catch((error) => ctx.log.warn({ err: error, serverId: id }, "what follows was not done"));
  return ctx.supervisor.view(record);
}
