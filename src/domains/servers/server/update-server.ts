import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { Server, updateServerInputSchema } from "../contract";
import { allocateGamePort } from "./allocate-ports";
import { checkJvmArguments, checkJvmPreset } from "./check-settings";
import { explainUnique } from "./create-server";
import { holdOwnerLimits, requireRoomForServers } from "./owner-limits";
import { causedBy, reachServer } from "./policy";
import { findServerRecord, insertTimeline, releasePort, type ServerRecord, updateServerRow } from "./repository";
import { requireKind } from "./require-kind";

/** Changes the settings of a stopped server; ports and files follow at its next start. */
export async function updateServer(ctx: Ctx, input: z.output<typeof updateServerInputSchema>): Promise<Server> {
  const { serverId, acceptEula, ...changes } = input;
  const record = await reachServer(ctx, serverId, "servers.update");
  const preset = changes.jvmPreset ?? record.jvmPreset;
  if (changes.jvmArgs || changes.jvmPreset) checkJvmArguments(changes.jvmArgs ?? record.jvmArgs, preset);
  const java = changes.javaMajor === undefined ? record.javaMajor : changes.javaMajor;
  if (changes.jvmPreset || changes.javaMajor !== undefined) checkJvmPreset(preset, java ?? record.requiredJava);
  const kind = changes.launchKind ?? record.launchKind;
  if (kind !== record.launchKind) await requireKind(ctx, kind);
  if (changes.javaMajor && kind === "host") await ctx.java.resolve(changes.javaMajor);
  const { tracked, release } = ctx.supervisor.lock(record.id, "update");
  try {
    ctx.supervisor.requireAction(tracked, "update");
    const fields = Object.keys(changes);
    if (acceptEula) fields.push("eula");
    const consent = acceptEula ? { eulaAcceptedBy: personId(ctx), eulaAcceptedAt: ctx.clock.now() } : {};
    await ctx.db.transaction(async (tx) => {
      const memoryMb = changes.memoryMb ?? 0;
      // Less than before is always welcome, also where it is still too much.
      if (memoryMb > record.memoryMb) {
        const { ownerId } = record;
        const limits = await holdOwnerLimits(ctx, tx, ownerId);
        await requireRoomForServers(tx, limits, { ownerId, servers: 0, memoryMb, exceptId: serverId });
      }
      if (changes.port !== undefined && changes.port !== record.port) {
        await allocateGamePort(tx, { holder: serverId, wanted: changes.port, range: ctx.env.PORT_RANGE });
        await releasePort(tx, record.port, serverId);
      }
      await updateServerRow(tx, serverId, { ...changes, ...consent, updatedAt: ctx.clock.now() });
      await insertTimeline(tx, { serverId, kind: "updated", by: causedBy(ctx.actor), detail: { fields } });
      await recordAudit(tx, ctx.actor, {
        action: "servers.update",
        target: { kind: "server", id: serverId },
        details: { fields },
      });
    });
    // The world, the log and their owner stay; what the old kind kept beside them goes. It cannot run: the server is stopped.
    if (kind !== record.launchKind) await leaveKind(ctx, record);
    const saved = await findServerRecord(ctx.db, serverId);
    if (saved) ctx.supervisor.put(saved);
    return ctx.supervisor.view(saved ?? record);
  } catch (error) {
    throw explainUnique(error, changes.subdomain ?? null);
  } finally {
    release();
  }
}

/** An engine that is away keeps a container that has ended: the next start of that kind, or the server's end, removes it. */
async function leaveKind(ctx: Ctx, { id, launchKind }: ServerRecord): Promise<void> {
  await ctx.strategies[launchKind].forget(id, { keepsLog: true }).catch((error) => {
    ctx.log.warn({ err: error, serverId: id, launchKind }, "what the old kind kept of a server could not be removed");
  });
}

function personId({ actor }: Ctx): string | null {
  return actor.kind === "system" ? null : actor.userId;
}
