import { z } from "zod";
import type { Panel } from "../../import-contract";
import { inside, type Look } from "./import-look";

/** What another panel knows of the server. */
export interface PanelFindings {
  panel: Panel | null;
  name: string | null;
  port: number | null;
  memoryMb: number | null;
  /** The jar that it started. */
  jar: string | null;
  schedules: { name: string; when: string; action: string }[];
}

const nothing: PanelFindings = { panel: null, name: null, port: null, memoryMb: null, jar: null, schedules: [] };
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
  time: z.coerce.string(),
  action: text,
  enable: z.boolean().optional(),
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
    nothing
  );
}

async function readMcsManager(look: Look, root: string): Promise<PanelFindings | null> {
  const [, data = "", id = ""] = /^(?:(.*)\/)?InstanceData\/([^/]+)$/.exec(root) ?? [];
  if (id === "") return null;
  const config = mcsManager.safeParse(await look.json(inside(data, `InstanceConfig/${id}.json`))).data;
  if (!config) return null;
  const mapped = Number(/^(?:[\d.]+:)?(\d+):/.exec(config.docker?.ports?.[0] ?? "")?.[1]);
  const schedules: PanelFindings["schedules"] = [];
  for (const { name } of (await look.names(inside(data, "TaskConfig"))).slice(0, 200)) {
    const task = mcsTask.safeParse(await look.json(inside(data, `TaskConfig/${name}`))).data;
    if (task?.instanceUuid === id && task.enable !== false)
      schedules.push({
        name: task.name.slice(0, 100),
        when: task.time.slice(0, 100),
        action: task.action.slice(0, 100),
      });
  }
  return {
    panel: "mcsmanager",
    name: config.nickname,
    port: mapped > 0 ? mapped : (config.pingConfig?.port ?? null),
    memoryMb: config.docker?.memory || readHeap(config.startCommand),
    jar: /-jar\s+"?([^"\s]+\.jar)/.exec(config.startCommand)?.[1] ?? null,
    schedules,
  };
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
      schedules: [],
    };
  }
  const isVolume = /(?:^|\/)volumes\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(root);
  return isVolume || (await look.has(inside(root, ".pteroignore"))) ? { ...nothing, panel: "pterodactyl" } : null;
}

/** Crafty keeps its settings in a database of its own; in the folder it leaves a note that it manages it. */
async function readCrafty(look: Look, root: string): Promise<PanelFindings | null> {
  const isMarked = (await look.has(inside(root, "crafty_managed.txt"))) || (await look.has(inside(root, "db_stats")));
  return isMarked ? { ...nothing, panel: "crafty" } : null;
}

/** Largest heap that a command line or a file of arguments asks for, in MB. */
export function readHeap(command: string): number | null {
  const [, amount, unit] = /-Xmx(\d{1,9})([kKmMgG]?)/.exec(command) ?? [];
  if (!amount) return null;
  const bytes = Number(amount) * ({ k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit?.toLowerCase() ?? ""] ?? 1);
  return Math.max(1, Math.round(bytes / 1024 ** 2));
}
