import { randomBytes, randomUUID } from "node:crypto";
import type { z } from "zod";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { JobControl } from "../../jobs/server/job-runner";
import { takeInitialSnapshot } from "../../snapshots/server/take-initial-snapshot";
import { availableServerTypes } from "../../versions/contract";
import { type createServerInputSchema, defaultCrashPolicy, managedPropertiesOf, type Server } from "../contract";
import { allocateGamePort, allocateRconPort } from "./allocate-ports";
import { checkJvmArguments, checkJvmPreset } from "./check-settings";
import { type ChosenVersion, chooseVersion } from "./choose-version";
import { layOutFolder, removeLayout } from "./lay-out-folder";
import { obtainProgram } from "./obtain-program";
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
import { requireKind } from "./require-kind";
import { slugify } from "./slugify";
import type { servers } from "./table";
import { uidBaseOf } from "./uid-base";

type Input = z.output<typeof createServerInputSchema>;

/**
 * Creates a server: ports, jar (from the cache, else downloaded and verified), folder (by way of an installer where there is one), row, first snapshot. Long: returns a job, or
 * waits. A failure, a cancel or a crash at any step up to the row leaves no row, no folder, no port and no half download. The owner's
 * limits are asked before the first step, and again when the row is written: others may have been made meanwhile.
 */
export async function createServer(ctx: Ctx, input: Input): Promise<{ jobId: string; done: Promise<Server> }> {
  requirePermission(ctx.actor, "servers.create");
  if (ctx.actor.kind === "system")
    throw new AppError("PERMISSION_MISSING", "A server needs an owner.", { permission: "servers.create" });
  const { actor } = ctx;
  requireOffered(input);
  const launchKind = await requireKind(ctx, input.launchKind ?? ctx.env.DEFAULT_LAUNCH_STRATEGY);
  const jvmPreset = input.jvmPreset ?? "none";
  checkJvmArguments(input.jvmArgs ?? [], jvmPreset);
  const chosen = await chooseVersion(ctx, input, launchKind);
  checkJvmPreset(jvmPreset, input.javaMajor ?? chosen.requiredJava);
  const id = randomUUID();
  const { userId: ownerId } = actor;
  await withDiskRoom(ctx, { ownerId, bytes: chosen.download?.sizeBytes ?? 0 }, async () => {});

  const { operation, values } = await ctx.db.transaction(async (tx) => {
    const limits = await holdOwnerLimits(ctx, tx, ownerId);
    const added = 1 + (await countPendingServers(tx, ownerId));
    await requireRoomForServers(tx, limits, { ownerId, servers: added, memoryMb: input.memoryMb });
    const port = await allocateGamePort(tx, { holder: id, wanted: input.port ?? null, range: ctx.env.PORT_RANGE });
    const rconPort = await allocateRconPort(tx, id, ctx.env.PORT_RANGE);
    const now = ctx.clock.now();
    const values = {
      id,
      name: input.name,
      slug: slugify(input.name, await listSlugsLike(tx, slugify(input.name, []))),
      description: input.description ?? "",
      ownerId,
      type: input.type,
      version: input.version,
      build: chosen.build,
      launchKind,
      memoryMb: input.memoryMb,
      port,
      rconPort,
      rconPassword: ctx.sealer.seal(randomBytes(32).toString("hex"), rconPlace(id)),
      cpuLimit: input.cpuLimit ?? null,
      javaMajor: input.javaMajor ?? null,
      requiredJava: chosen.requiredJava,
      jvmArgs: input.jvmArgs ?? [],
      jvmPreset,
      subdomain: input.subdomain ?? null,
      autoStart: input.autoStart ?? false,
      crashPolicy: defaultCrashPolicy,
      tags: input.tags ?? [],
      uidNumber: await nextUidNumber(tx),
      eulaAcceptedBy: input.acceptEula ? actor.userId : null,
      eulaAcceptedAt: input.acceptEula ? now : null,
    } satisfies typeof servers.$inferInsert;
    const target = { kind: "server", id };
    await recordAudit(tx, actor, {
      action: "servers.create",
      target,
      details: { name: input.name, type: input.type, version: input.version },
    });
    const spec = {
      kind: "servers.create",
      serverId: id,
      ownerId,
      subject: input.name,
      isCancellable: true,
    } as const;
    return { operation: await ctx.jobs.open(tx, actor, spec), values };
  });

  const done = ctx.jobs.run(operation, (job) =>
    build(ctx, { job, values, chosen, properties: input.properties ?? {} }),
  );
  return { jobId: operation.id, done };
}

interface Build {
  job: JobControl;
  values: typeof servers.$inferInsert & { uidNumber: number; eulaAcceptedAt: Date | null };
  chosen: ChosenVersion;
  properties: Record<string, string>;
}

async function build(ctx: Ctx, { job, values, chosen, properties }: Build): Promise<Server> {
  const { id } = values;
  try {
    const placeProgram = await obtainProgram(ctx, job, chosen);
    job.step("layout");
    const laidOut = await layOutFolder(
      {
        paths: ctx.dataDir.paths,
        uidBase: uidBaseOf(ctx.env),
        rconPassword: ctx.sealer.open(values.rconPassword, rconPlace(id)),
      },
      { values, properties, placeProgram },
    );
    job.seal();
    job.step("save");
    await ctx.db.transaction(async (tx) => {
      const limits = await holdOwnerLimits(ctx, tx, values.ownerId);
      await requireRoomForServers(tx, limits, { ownerId: values.ownerId, servers: 1, memoryMb: values.memoryMb });
      await insertServer(tx, { ...values, ...laidOut });
      await insertTimeline(tx, {
        serverId: id,
        kind: "created",
        by: causedBy(ctx.actor),
        detail: { type: values.type, version: values.version },
      });
    });
  } catch (error) {
    // A connection that was lost during the commit leaves open whether the row was saved after all.
    const stands = (await outlastOutage(() => findServerRecord(ctx.db, id), ctx)) !== null;
    if (!stands) {
      await removeLayout(ctx.dataDir.paths, id);
      await outlastOutage(() => releasePortsOf(ctx.db, id), ctx);
      throw explainUnique(error, values.subdomain ?? null);
    }
  }
  const record = await outlastOutage(() => findServerRecord(ctx.db, id), ctx);
  if (!record) throw new Error("the new server's row is missing");
  await takeInitialSnapshot(ctx, job, ctx.supervisor.put(record));
  return ctx.supervisor.view(record);
}

function requireOffered(input: Input): void {
  if (!(availableServerTypes as readonly string[]).includes(input.type)) {
    throw new AppError(
      "VALIDATION_FAILED",
      `Servers of type ${input.type} cannot be created in this version of mcsd.`,
      {
        issues: [{ path: ["type"], code: "unavailable", message: `one of ${availableServerTypes.join(", ")}` }],
      },
    );
  }
  const managed = Object.keys(input.properties ?? {}).find((key) => managedPropertiesOf(input.type).includes(key));
  if (managed) {
    throw new AppError("VALIDATION_FAILED", `${managed} is set by mcsd itself.`, {
      issues: [{ path: ["properties", managed], code: "managed", message: "managed" }],
    });
  }
}

/** A unique index is the judge of simultaneous claims to one subdomain. */
export function explainUnique(error: unknown, subdomain: string | null): unknown {
  const cause = (error as { cause?: { code?: string; constraint_name?: string } }).cause;
  if (cause?.code !== "23505") return error;
  if (cause.constraint_name === "servers_subdomain")
    return new AppError("SUBDOMAIN_TAKEN", `The subdomain ${subdomain} is taken.`, { subdomain });
  if (cause.constraint_name === "servers_slug")
    return new AppError("SERVER_BUSY", "Another server of this name is being created. Try again.");
  return error;
}
