// Longer than 250 lines because it is one list: every shape that pages, scripts and the server share about snapshots.
import { z } from "zod";
import { isFilePath } from "@/lib/is-file-path";
import { isTimeZone } from "@/lib/is-time-zone";
import { serverRunsSchema } from "../servers/program-contract";

/** `server_full`: the server's whole folder. `world`: one world folder. `file`: one file. */
export const snapshotResources = ["server_full", "world", "file"] as const;
export const snapshotTypes = [
  "manual",
  "scheduled",
  "auto_save",
  "pre_update",
  "pre_restore",
  "initial",
  "imported",
] as const;
export const snapshotStatuses = ["running", "complete", "failed"] as const;
export type SnapshotResource = (typeof snapshotResources)[number];
export type SnapshotType = (typeof snapshotTypes)[number];
export type SnapshotStatus = (typeof snapshotStatuses)[number];

/** Why a snapshot is what it is, and how long things took. Durations in ms. */
export const snapshotMetadataSchema = z.object({
  serverName: z.string().optional(),
  serverType: z.string().optional(),
  minecraftVersion: z.string().optional(),
  /** What the server ran, of a `server_full`: a restore brings it back. */
  runs: serverRunsSchema.optional().catch(undefined),
  durationMs: z.number().optional(),
  /** How long the game's saving was off; 0 for a stopped server. */
  savingOffMs: z.number().optional(),
  /** The server could not be quiesced and its owner had chosen to take a snapshot all the same: files may be of different moments. */
  isCrashConsistent: z.boolean().optional(),
  /** Code and sentence of what went wrong. */
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Paths that were left out because they are neither file, folder nor link, or would not hold still. */
  skipped: z.array(z.string()).optional(),
  /** Found by the last check that read everything: how many files are damaged, and the first of them. */
  damage: z
    .object({ count: z.number().int(), files: z.array(z.object({ path: z.string(), problem: z.string() })) })
    .optional(),
  /** Of an `auto_save`: what replaced this content of the file. */
  reason: z.string().optional(),
});
export type SnapshotMetadata = z.infer<typeof snapshotMetadataSchema>;

export const snapshotSchema = z.object({
  id: z.uuid(),
  serverId: z.uuid(),
  resource: z.enum(snapshotResources),
  /** Path inside the server's folder for `world` and `file`; empty for `server_full`. */
  path: z.string(),
  /** 1, 2, 3 … per resource and path. */
  version: z.number().int(),
  type: z.enum(snapshotTypes),
  status: z.enum(snapshotStatuses),
  /** Bytes of all files. */
  size: z.number(),
  /** Bytes that this snapshot added on disk. */
  addedBytes: z.number(),
  fileCount: z.number().int(),
  /** Hex SHA-256 of the manifest; null until complete. */
  checksum: z.string().nullable(),
  metadata: snapshotMetadataSchema,
  isPinned: z.boolean(),
  note: z.string(),
  createdBy: z.string(),
  createdAt: z.date(),
  /** When every object was last read and compared, and with what result. */
  verifiedAt: z.date().nullable(),
  verification: z.enum(["good", "damaged"]).nullable(),
});
/** A snapshot as every caller sees it. */
export type Snapshot = z.infer<typeof snapshotSchema>;

/** A path inside a server's folder: relative, forward slashes, no `.` or `..`. */
export const snapshotPathSchema = z.string().max(4096).refine(isFilePath, { message: "path" });
const noteSchema = z.string().trim().max(500);

export const snapshotIdInputSchema = z.object({ snapshotId: z.uuid() });
export const listSnapshotsInputSchema = z.object({
  serverId: z.uuid(),
  resource: z.enum(snapshotResources).optional(),
  type: z.enum(snapshotTypes).optional(),
  path: snapshotPathSchema.optional(),
  cursor: z.string().max(100).optional(),
  limit: z.number().int().min(1).max(100).default(30),
});
export const createSnapshotInputSchema = z.object({
  serverId: z.uuid(),
  resource: z.enum(snapshotResources),
  path: snapshotPathSchema.optional(),
  note: noteSchema.optional(),
  wait: z.boolean().optional(),
});
export const restoreSnapshotInputSchema = z.object({
  snapshotId: z.uuid(),
  /** Stops a running server, restores, and starts it again, as one job. Without it the server has to be stopped. */
  restart: z.boolean().optional(),
  wait: z.boolean().optional(),
});
export const restoreFilesInputSchema = z.object({
  snapshotId: z.uuid(),
  /** Files and folders of the snapshot, as `browse` names them. */
  paths: z.array(snapshotPathSchema).min(1).max(1000),
  /** A folder of the server beside which they are put, for example `restored`; left out: into their own places. */
  to: snapshotPathSchema.optional(),
  wait: z.boolean().optional(),
});
export const undoRestoreInputSchema = z.object({
  serverId: z.uuid(),
  /** Stops a running server, undoes the restore, and starts it again, as one job. Without it the server has to be stopped. */
  restart: z.boolean().optional(),
  wait: z.boolean().optional(),
});
export const pinSnapshotInputSchema = z.object({
  snapshotId: z.uuid(),
  isPinned: z.boolean(),
  note: noteSchema.optional(),
});
export const browseSnapshotInputSchema = z.object({
  snapshotId: z.uuid(),
  path: snapshotPathSchema.default(""),
  cursor: z.string().max(4096).optional(),
  limit: z.number().int().min(1).max(1000).default(200),
});
export const compareSnapshotInputSchema = z.object({
  snapshotId: z.uuid(),
  /** Another snapshot of the same server; left out: the server's files as they are now. */
  withSnapshotId: z.uuid().optional(),
  cursor: z.string().max(4096).optional(),
  limit: z.number().int().min(1).max(1000).default(200),
});
export const diffFileInputSchema = z.object({
  snapshotId: z.uuid(),
  path: snapshotPathSchema,
  withSnapshotId: z.uuid().optional(),
});
export const verifySnapshotInputSchema = z.object({
  snapshotId: z.uuid(),
  /** Also restores it into a temporary folder and compares every file: a drill. */
  drill: z.boolean().optional(),
  wait: z.boolean().optional(),
});

export const snapshotEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(["file", "folder", "link"]),
  /** Bytes; of a folder: of everything in it. */
  size: z.number(),
  modifiedAt: z.date(),
});
export type SnapshotEntry = z.infer<typeof snapshotEntrySchema>;

export const snapshotChangeSchema = z.object({
  path: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  kind: z.enum(["file", "folder", "link"]),
  /** Bytes in the snapshot, and in what it is compared with. Null where it does not exist. */
  size: z.number().nullable(),
  otherSize: z.number().nullable(),
});
export type SnapshotChange = z.infer<typeof snapshotChangeSchema>;

export const regionsInputSchema = z.object({ snapshotId: z.uuid() });
/** One region file: 32 by 32 chunks, 512 by 512 blocks. */
export const regionSchema = z.object({
  x: z.number().int(),
  z: z.number().int(),
  size: z.number(),
  modifiedAt: z.date(),
  /** Folders beside `region` that hold a file of the same place: its entities and points of interest. */
  besides: z.array(z.enum(["entities", "poi"])),
});
export type Region = z.infer<typeof regionSchema>;

/** A file on two sides, as lines where it is text. `before` and `after` say which side has it. */
export const fileDiffSchema = z.object({
  kind: z.enum(["text", "binary", "too_large"]),
  before: z.boolean(),
  after: z.boolean(),
  lines: z.array(
    z.object({
      kind: z.enum(["same", "added", "removed"]),
      text: z.string(),
      before: z.number().int().nullable(),
      after: z.number().int().nullable(),
    }),
  ),
});
export type FileDiff = z.infer<typeof fileDiffSchema>;

export const verifyResultSchema = z.object({
  snapshot: snapshotSchema,
  isGood: z.boolean(),
  files: z.number().int(),
  bytes: z.number(),
  /** What is wrong with the manifest itself, in a few words. */
  problem: z.string().nullable(),
  /** The first hundred. */
  damaged: z.array(z.object({ path: z.string(), problem: z.string() })),
  damagedCount: z.number().int(),
  /** Other snapshots that the same damage makes unusable. */
  alsoHit: z.array(z.uuid()),
});
export type VerifyResult = z.infer<typeof verifyResultSchema>;

export const usageInputSchema = z.object({ serverId: z.uuid() });
/** Bytes. */
export const snapshotUsageSchema = z.object({
  count: z.number().int(),
  /** What the server's snapshots would take by themselves, and what they have added to what is stored. */
  logicalBytes: z.number(),
  addedBytes: z.number(),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number(), isLow: z.boolean() }),
  /** The restore that `undoRestore` would take back; null: there is none. `snapshot` is null once it is deleted. */
  undoable: z.object({ restoredAt: z.date(), snapshot: snapshotSchema.nullable() }).nullable(),
});
export type SnapshotUsage = z.infer<typeof snapshotUsageSchema>;

export const downloadFormats = ["tar.zst", "tar.gz", "zip"] as const;

export const timingSchema = z.discriminatedUnion("kind", [
  /** Counted from the server's start; anew when it restarts; from mcsd's own start when it runs already. Not while it is stopped. */
  z.object({ kind: z.literal("interval"), everyHours: z.number().int().min(1).max(8760) }),
  /** Five fields, in the zone's own time. A time that does not exist that day runs at the next minute, one that comes twice runs once. */
  z.object({
    kind: z.literal("cron"),
    expression: z.string().trim().min(9).max(100),
    timeZone: z.string().max(64).refine(isTimeZone, { message: "time_zone" }),
  }),
]);
export type Timing = z.infer<typeof timingSchema>;

const keep = (max: number) => z.number().int().min(0).max(max);
/** Which scheduled snapshots stay: the newest N, and the newest of each hour, day, week and month. */
export const retentionSchema = z.object({
  last: keep(1000).refine((count) => count >= 1, { message: "too_small" }),
  hourly: keep(1000),
  daily: keep(1000),
  weekly: keep(1000),
  monthly: keep(1000),
});
export type Retention = z.infer<typeof retentionSchema>;

export const scheduleSchema = z.object({
  isEnabled: z.boolean(),
  timing: timingSchema,
  resource: z.enum(["server_full", "world"]),
  /** Only if somebody has played since the last snapshot. */
  onlyIfPlayed: z.boolean(),
  /** What to do when the game does not confirm that it has saved. */
  whenNotQuiet: z.enum(["fail", "crash_consistent"]),
  retention: retentionSchema,
  /** Every so many hours the newest snapshot is restored into a temporary folder and compared; null: never. */
  drillEveryHours: z.number().int().min(1).max(8760).nullable(),
});
export type Schedule = z.infer<typeof scheduleSchema>;
export const scheduleInputSchema = z.object({ serverId: z.uuid() });
export const previewScheduleInputSchema = scheduleSchema
  .pick({ isEnabled: true, timing: true })
  .extend({ serverId: z.uuid() });
export const setScheduleInputSchema = scheduleSchema.extend({ serverId: z.uuid() });

export const defaultSchedule: Schedule = {
  isEnabled: false,
  timing: { kind: "interval", everyHours: 24 },
  resource: "server_full",
  onlyIfPlayed: true,
  whenNotQuiet: "fail",
  retention: { last: 7, hourly: 0, daily: 7, weekly: 4, monthly: 0 },
  drillEveryHours: null,
};

export const limitLayers = ["application", "user"] as const;
export const backupLimitNames = ["minBackupIntervalHours", "maxBackupIntervalHours", "maxBackups"] as const;
/** A limit that makes the schedule in force another than the one that is set. */
export const clampSchema = z.object({
  layer: z.enum(limitLayers),
  limit: z.enum(backupLimitNames),
  value: z.number(),
  /** What is set. Hours or a count. */
  given: z.number(),
});
export type Clamp = z.infer<typeof clampSchema>;

export const scheduleStateSchema = z.object({
  schedule: scheduleSchema,
  /** What is in force once the limits have had their say. */
  effective: z.object({ everyHours: z.number().nullable(), retention: retentionSchema }),
  clamps: z.array(clampSchema),
  /** The next five times, as far as they can be known (an interval's, only while the server runs). */
  nextTimes: z.array(z.date()),
  lastRun: z
    .object({
      dueAt: z.date(),
      result: z.enum(["running", "complete", "failed", "skipped"]),
      reason: z.string().nullable(),
      snapshotId: z.uuid().nullable(),
    })
    .nullable(),
  lastDrill: z.object({ at: z.date(), snapshotId: z.uuid(), result: z.enum(["good", "damaged", "failed"]) }).nullable(),
});
export type ScheduleState = z.infer<typeof scheduleStateSchema>;
