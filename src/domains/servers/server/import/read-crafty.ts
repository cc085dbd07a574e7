import { z } from "zod";
import type { FoundSchedule } from "../../import-contract";
import { inside, type Look } from "./import-look";
import { noPanel, type PanelFindings, readHeap } from "./panel-findings";
import { asCron, foundSchedule, translateCron } from "./translate-schedule";

const text = z.string().catch("");
const whole = z.number().int().nullable().catch(null);
const flag = z
  .number()
  .transform((value) => value !== 0)
  .catch(false);
/** Until 4.3 a number and a `server_uuid` beside it, then the UUID itself; how its other tables name the server. */
const key = z.union([z.number(), z.string()]).nullish().catch(null);

const serverRow = z.object({
  server_id: key,
  server_uuid: text,
  server_name: text,
  path: text,
  executable: text,
  execution_command: text,
  server_port: whole,
});
const scheduleRow = z.object({
  server_id: key,
  enabled: flag,
  action: text,
  interval: whole,
  interval_type: text,
  start_time: text,
  command: text,
  name: text,
  comment: text,
  one_time: flag,
  cron_string: text,
  parent: whole,
  action_id: text,
});
const backupRow = z.object({ server_id: key, backup_id: text, max_backups: whole, default: flag });

const columns = (row: z.ZodObject) => Object.keys(row.shape);
const wanted = { servers: columns(serverRow), schedules: columns(scheduleRow), backups: columns(backupRow) };

/**
 * What Crafty 4 knows of a folder: its settings are in a database, `crafty.sqlite`, apart from it. Where the database says that a server lies
 * is only compared, never gone to. Null where nothing is Crafty's.
 */
export async function readCrafty(look: Look, root: string): Promise<PanelFindings | null> {
  const isMarked = (await look.has(inside(root, "crafty_managed.txt"))) || (await look.has(inside(root, "db_stats")));
  const own = root.split("/").at(-1) ?? "";
  for (const path of placesOf(root)) {
    if (!(await look.has(path))) continue;
    const tables = await look.sqlite(path, wanted);
    if (tables === null) return isMarked ? { ...noPanel, panel: "crafty", settings: "unreadable" } : null;
    const servers = (tables.servers ?? []).flatMap((row) => serverRow.safeParse(row).data ?? []);
    const lastOf = (place: string) => place.split(/[\\/]/).filter(Boolean).at(-1);
    const server =
      servers.find(({ server_id, server_uuid }) => own !== "" && (server_uuid === own || server_id === own)) ??
      servers.find(({ path: place }) => own !== "" && lastOf(place) === own);
    if (!server) continue;
    const isOfIt = (id: z.output<typeof key>) => id != null && (id === server.server_id || id === server.server_uuid);
    const backups = (tables.backups ?? []).flatMap((row) => backupRow.safeParse(row).data ?? []);
    const ownBackups = backups.filter(({ server_id }) => isOfIt(server_id));
    return {
      panel: "crafty",
      name: server.server_name || null,
      port:
        server.server_port !== null && server.server_port >= 1 && server.server_port <= 65_535
          ? server.server_port
          : null,
      memoryMb: readHeap(server.execution_command),
      jar: server.executable || null,
      schedules: (tables.schedules ?? [])
        .flatMap((row) => scheduleRow.safeParse(row).data ?? [])
        .filter(({ server_id }) => isOfIt(server_id))
        .slice(0, 200)
        .map((row) => toSchedule(row, ownBackups)),
      settings: "read",
    };
  }
  return isMarked ? { ...noPanel, panel: "crafty", settings: "apart" } : null;
}

/** `app/config/db` beside `servers`; in a container `config` and `servers` are volumes side by side. */
function placesOf(root: string): string[] {
  const folders = root.split("/");
  const above = [1, 2]
    .filter((steps) => folders.length >= steps && root !== "")
    .map((steps) => folders.slice(0, -steps).join("/"));
  return [...new Set(above)].flatMap((folder) =>
    ["crafty.sqlite", "app/config/db/crafty.sqlite", "config/db/crafty.sqlite"].map((file) => inside(folder, file)),
  );
}

type Row = z.output<typeof scheduleRow>;

function toSchedule(row: Row, backups: readonly z.output<typeof backupRow>[]): FoundSchedule {
  const isBackup = row.action === "backup" || row.command === "backup_server";
  const backup =
    backups.find(({ backup_id }) => backup_id !== "" && backup_id === row.action_id) ??
    backups.find((one) => one.default) ??
    backups[0];
  const isReaction = row.parent !== null || row.interval_type === "reaction";
  const every = isReaction ? "reaction" : `${row.interval ?? "?"} ${row.interval_type} ${row.start_time}`.trim();
  return foundSchedule({
    name: row.name || row.comment || row.action,
    when: row.cron_string || every,
    action: row.action || row.command,
    against: [
      !isBackup && "other_action",
      !row.enabled && "switched_off",
      row.one_time && "limited",
      isReaction && "follows",
    ],
    becomes: asCron(cronOf(row)),
    keep: backup?.max_backups,
  });
}

/** What Crafty hands to APScheduler, where "every n hours" is at the full hours that n divides, and not n hours after the last time. */
function cronOf({ cron_string, interval, interval_type, start_time }: Row): string | null {
  if (cron_string !== "") return translateCron(cron_string, { firstDay: "monday", days: "both" });
  if (interval === null || interval < 1) return null;
  const every = interval === 1 ? "*" : `*/${interval}`;
  const usual = { firstDay: "sunday", days: "either" } as const;
  if (interval_type === "minutes") return translateCron(`${every} * * * *`, usual);
  if (interval_type === "hours") return translateCron(`0 ${every} * * *`, usual);
  const [, hour, minute] = /^(\d{1,2}):(\d{1,2})$/.exec(start_time) ?? [];
  if (interval_type !== "days" || hour === undefined || minute === undefined) return null;
  return translateCron(`${Number(minute)} ${Number(hour)} ${every} * *`, usual);
}
