import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { requiredJava } from "../../../java/server/required-java";
import { defaultSchedule, type Schedule } from "../../../snapshots/contract";
import { planSchedule } from "../../../snapshots/server/schedule/plan-schedule";
import { defaultCrashPolicy, type Server } from "../../contract";
import type { importServerInputSchema } from "../../import-contract";
import { copyTree } from "../copy-tree";
import { establishServer } from "../establish-server";
import { ensureProperties } from "../prepare-launch";
import { requireKind } from "../require-kind";
import { openServerFolder } from "../server-folder";
import { serverUid } from "../server-uid";
import { uidBaseOf } from "../uid-base";
import { forgetUpload, requireSource, withSource } from "./import-source";
import { inspectFolder } from "./inspect-folder";

/**
 * Makes a server of an archive or a folder, as a job: its files are copied, never moved, and kept in the first snapshot as they came, before
 * mcsd writes what it decides itself into server.properties. Links and special files are refused with their path. Whatever fails leaves nothing.
 */
export async function importServer(
  ctx: Ctx,
  input: z.output<typeof importServerInputSchema>,
): Promise<{ jobId: string; done: Promise<Server> }> {
  const { source, root, port, acceptEula, wait, schedule, ...chosen } = input;
  await requireSource(ctx, source);
  const saveSchedule = schedule && (await planSchedule(ctx, toSchedule(schedule)));
  const launchKind = await requireKind(ctx, chosen.launchKind ?? ctx.env.DEFAULT_LAUNCH_STRATEGY);
  const neededJava = chosen.javaMajor ?? requiredJava(chosen.version);
  if (launchKind === "host") await ctx.java.resolve(neededJava);
  const consent =
    acceptEula && ctx.actor.kind !== "system"
      ? { eulaAcceptedBy: ctx.actor.userId, eulaAcceptedAt: ctx.clock.now() }
      : {};
  return establishServer(ctx, {
    kind: "servers.import",
    fields: {
      ...chosen,
      ...consent,
      launchKind,
      requiredJava: requiredJava(chosen.version),
      crashPolicy: defaultCrashPolicy,
    },
    port: port ?? null,
    alongside: saveSchedule,
    details: source.kind === "folder" ? { folder: source.path } : { archive: true },
    fill: async (job, { staging, uid }, establish) => {
      const { signal } = job;
      job.step(source.kind === "upload" ? "extract" : "inspect");
      const onProgress = (bytes: number) => job.progress(bytes, null, "bytes");
      return withSource(ctx, source, { signal, onProgress }, async (place) => {
        job.step("inspect");
        const { findings, program, path } = await inspectFolder(place, { root, readSqlite: ctx.readSqlite });
        await establish(findings.bytes, async () => {
          const written = await copyTree({
            ...{ top: place.top, path, target: staging, uid, signal },
            others: "refuse",
            onProgress: (bytes) => job.progress(bytes, findings.bytes, "bytes"),
          });
          return { written, columns: { program, jar: null } };
        });
      });
    },
    finish: async ({ record }) => {
      await forgetUpload(ctx, source);
      const folder = ctx.dataDir.paths.serverFolder(record.id);
      await ensureProperties(openServerFolder(folder, serverUid(uidBaseOf(ctx.env), record)), record, ctx.sealer);
    },
  });
}

/** Another panel makes its backups whether or not somebody has played, and keeps so many of them. */
function toSchedule({ timing, keep }: NonNullable<z.output<typeof importServerInputSchema>["schedule"]>): Schedule {
  const { retention } = defaultSchedule;
  const kept = keep === undefined ? retention : { last: keep, hourly: 0, daily: 0, weekly: 0, monthly: 0 };
  return { ...defaultSchedule, isEnabled: true, onlyIfPlayed: false, timing, retention: kept };
}
