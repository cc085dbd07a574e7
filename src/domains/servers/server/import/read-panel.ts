import { z } from "zod";
import type { FoundSchedule } from "../../import-contract";
import { inside, type Look } from "./import-look";
import { noPanel, type PanelFindings, readHeap } from "./panel-findings";
import { readCrafty } from "./read-crafty";
import { asCron, foundSchedule, translateCron, translateSeconds } from "./translate-schedule";

const port = z.number().int().min(1).max(65_535);
const text = z.string().max(10_000);

/** `InstanceConfig/{id}.json` of MCSManager's daemon; the files lie in `InstanceData/{id}` beside it. */
const mcsManager = z.object({
  nickname: text,
  startCommand: text.catch(""),
  type: text.optional().catch(undefined),
  pingConfig: z
    .object({ port: port.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  backupConfig: z
    .object({ maxBackupCount: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  docker: z
    .object({
      memory: z.number().nonnegative().nullish().catch(null),
      ports: z.array(text).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const mcsTask = z.object({
  instanceUuid: text.optional(),
  name: text,
  /** Seconds for an interval, else a cron expression that begins with seconds. */
  time: z.coerce.string(),
  /** 1: an interval, 2: again and again, 3: at one moment. */
  type: z.number().optional().catch(undefined),
  /** How often it still comes; -1 or nothing: without end. */
  count: z.number().optional().catch(undefined),
  action: text.nullish().catch(null),
  actions: z
    .array(z.object({ type: text }))
    .optional()
    .catch(undefined),
  enable: z.boolean().optional(),
});

/** `GET /api/client/servers/{id}/schedules`, kept as `schedules.json` in the folder: the panel has them in a database of its own. */
const pterodactylSchedules = z.object({
  data: z.array(
    z.object({
      attributes: z.object({
        name: text,
        is_active: z.boolean().catch(false),
        cron: z.object({ minute: text, hour: text, day_of_month: text, month: text, day_of_week: text }),
        relationships: z
          .object({ tasks: z.object({ data: z.array(z.object({ attributes: z.object({ action: text }) })) }) })
          .optional()
          .catch(undefined),
      }),
    }),
  ),
});

/** What Pterodactyl's panel hands to Wings, at the top or below `settings`; its older daemon kept `server.json`. */
const wings = z.object({
  uuid: text,
  meta: z.object({ name: text.optional() }).optional().catch(undefined),
  build: z.object({ memory_limit: z.number().optional(), memory: z.number().optional() }),
  allocations: z
    .object({ default: z.object({ port }) })
    .optional()
    .catch(undefined),
  environment: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** Recognises a folder by what Pterodactyl, Crafty and MCSManager leave in it and beside it. */
export async function readPanel(look: Look, root: string): Promise<PanelFindings> {
  return (
    (await readMcsManager(look, root)) ??
    (await readPterodactyl(look, root)) ??
    (await readCrafty(look, root)) ??
    noPanel
  );
}

async function readMcsManager(look: Look, root: string): Promise<PanelFindings | null> {
  const [, data = "", id = ""] = /^(?:(.*)\/)?InstanceData\/([^/]+)$/.exec(root) ?? [];
  if (id === "") return null;
  const config = mcsManager.safeParse(await look.json(inside(data, `InstanceConfig/${id}.json`))).data;
  if (!config) return null;
  const mapped = Number(/^(?:[\d.]+:)?(\d+):/.exec(config.docker?.ports?.[0] ?? "")?.[1]);
  const schedules: FoundSchedule[] = [];
  for (const { name } of (await look.names(inside(data, "TaskConfig"))).slice(0, 200)) {
    const task = mcsTask.safeParse(await look.json(inside(data, `TaskConfig/${name}`))).data;
    if (task?.instanceUuid === id) schedules.push(toMcsSchedule(task, config.backupConfig?.maxBackupCount ?? null));
  }
  return {
    panel: "mcsmanager",
    name: config.nickname,
    port: mapped > 0 ? mapped : (config.pingConfig?.port ?? null),
    memoryMb: config.docker?.memory || readHeap(config.startCommand),
    jar: /-jar\s+"?([^"\s]+\.jar)/.exec(config.startCommand)?.[1] ?? null,
    schedules,
    settings: "read",
  };
}

function toMcsSchedule(task: z.output<typeof mcsTask>, keep: number | null): FoundSchedule {
  const actions = [...(task.action ? [task.action] : []), ...(task.actions ?? []).map(({ type }) => type)];
  const isLimited = task.type === 3 || (task.count !== undefined && task.count !== -1);
  return foundSchedule({
    name: task.name,
    when: task.time,
    action: actions.join(", "),
    against: [
      !actions.includes("backup") && "other_action",
      task.enable === false && "switched_off",
      isLimited && "limited",
    ],
    becomes:
      task.type === 1
        ? translateSeconds(Number(task.time))
        : asCron(translateCron(task.time, { firstDay: "sunday", days: "either" })),
    keep,
  });
}

async function readPterodactyl(look: Look, root: string): Promise<PanelFindings | null> {
  for (const name of ["pterodactyl.json", "settings.json", "server.json"]) {
    const value = await look.json(inside(root, name));
    const settings = (value as { settings?: unknown } | null)?.settings ?? value;
    const found = wings.safeParse(settings).data;
    if (!found) continue;
    const { meta, build, allocations, environment } = found;
    const jar = environment?.SERVER_JARFILE;
    return {
      panel: "pterodactyl",
      name: meta?.name ?? null,
      port: allocations?.default.port ?? null,
      memoryMb: build.memory_limit || build.memory || null,
      jar: typeof jar === "string" ? jar : null,
      schedules: await readPterodactylSchedules(look, root),
      settings: "read",
    };
  }
  const schedules = await readPterodactylSchedules(look, root);
  const isVolume = /(?:^|\/)volumes\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(root);
  const isIts = isVolume || schedules.length > 0 || (await look.has(inside(root, ".pteroignore")));
  return isIts ? { ...noPanel, panel: "pterodactyl", schedules } : null;
}

async function readPterodactylSchedules(look: Look, root: string): Promise<FoundSchedule[]> {
  const found = pterodactylSchedules.safeParse(await look.json(inside(root, "schedules.json"))).data;
  return (found?.data ?? []).slice(0, 200).map(({ attributes: { name, is_active, cron, relationships } }) => {
    const when = [cron.minute, cron.hour, cron.day_of_month, cron.month, cron.day_of_week].join(" ");
    const actions = (relationships?.tasks.data ?? []).map(({ attributes }) => attributes.action);
    return foundSchedule({
      ...{ name, when, action: actions.join(", ") },
      against: [!actions.includes("backup") && "other_action", !is_active && "switched_off"],
      becomes: asCron(translateCron(when, { firstDay: "sunday", days: "either" })),
    });
  });
}
