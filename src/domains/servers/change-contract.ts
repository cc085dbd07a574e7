import { z } from "zod";
import { serverTypeSchema } from "../versions/contract";

/**
 * `preparing`: fetched and laid beside. `stopping`: the server ends and its files are kept. From `changing` on the files and the
 * row are not what they were: what does not get to `done` is put back. `restarting`: all is as before, but the server ran.
 */
export const changePhases = [
  "preparing",
  "stopping",
  "changing",
  "trial",
  "putting_back",
  "restarting",
  "done",
] as const;
export type ChangePhase = (typeof changePhases)[number];

export const changeTargetSchema = z.object({
  serverId: z.uuid(),
  type: serverTypeSchema,
  version: z.string().trim().min(1).max(64),
  /** Left out: the newest stable build, else the newest. */
  build: z.string().trim().max(64).optional(),
  /** The caller's own yes to a version that is older than the world: what is newer in it will be lost. */
  acceptDowngrade: z.boolean().optional(),
});
export type ChangeTarget = z.infer<typeof changeTargetSchema>;

export const changeVersionInputSchema = changeTargetSchema.extend({
  /** False: a stopped server is changed without being started once. One that runs is always tried. */
  trial: z.boolean().optional(),
  wait: z.boolean().optional(),
});
export const undoChangeInputSchema = z.object({ serverId: z.uuid(), wait: z.boolean().optional() });

export const changeFindingCodes = [
  "nothing_changes",
  "version_unknown",
  "type_unavailable",
  "java_missing",
  "java_fixed",
  "world_newer",
  "world_unreadable",
  "world_upgrade",
  "world_layout",
  "plugins_unused",
  "mods_unused",
  "plugin_needs",
  "mod_needs",
  "mod_loader",
  "add_ons_unread",
  "disk_space",
  "players_online",
  "no_ping",
  "build_unstable",
] as const;
export const changeFindingSchema = z.object({
  code: z.enum(changeFindingCodes),
  /** `block`: it is not begun. `warn`: it may fail, or something will be missing. `info`: good to know. */
  severity: z.enum(["block", "warn", "info"]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ChangeFinding = z.infer<typeof changeFindingSchema>;

export const changeReportSchema = z.object({
  from: z.object({ type: serverTypeSchema, version: z.string(), build: z.string().nullable() }),
  to: z.object({ type: serverTypeSchema, version: z.string(), build: z.string().nullable() }),
  findings: z.array(changeFindingSchema),
  isBlocked: z.boolean(),
});
export type ChangeReport = z.infer<typeof changeReportSchema>;

/** Why a new version did not stay. */
export const putBackReasons = ["start_failed", "ended", "not_ready", "no_answer", "cancelled", "failed"] as const;
export type PutBackReason = (typeof putBackReasons)[number];

const programSchema = z.object({ type: serverTypeSchema, version: z.string(), build: z.string().nullable() });
/** The last change of a server's version. */
export const lastChangeSchema = z.object({
  phase: z.enum(changePhases),
  jobId: z.uuid(),
  from: programSchema,
  to: programSchema,
  startedAt: z.date(),
  /** It stands, and the snapshot from before it is still there. */
  canUndo: z.boolean(),
});
export type LastChange = z.infer<typeof lastChangeSchema>;
