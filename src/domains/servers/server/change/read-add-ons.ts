import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { readZipTexts } from "@/server/archive/read-zip-texts";
import { nullIfUnreachable, openFolderAt } from "@/server/fs/contained/walk";

export type Loader = "bukkit" | "fabric" | "forge" | "neoforge";

/** A plugin or mod, as its jar describes itself. */
export interface AddOn {
  /** `plugins/name.jar`. */
  file: string;
  /** By whom it can be loaded; none when it says nothing that is known. */
  loaders: Loader[];
  /** Bukkit's `api-version`: the oldest server that it is for. */
  apiVersion: string | null;
  /** Of which Minecraft versions it says that it is for: Fabric's predicates, Forge's intervals. */
  predicates: string[];
  intervals: string[];
}

/** So many files are looked into, and one that is larger says nothing. */
const maxFiles = 300;
const entries = [
  "plugin.yml",
  "paper-plugin.yml",
  "fabric.mod.json",
  "META-INF/mods.toml",
  "META-INF/neoforge.mods.toml",
] as const;

const pluginSchema = z.object({ "api-version": z.union([z.string(), z.number()]).optional() });
const fabricSchema = z.object({
  depends: z.object({ minecraft: z.union([z.string(), z.array(z.string())]).optional() }).optional(),
});
const forgeSchema = z.object({
  dependencies: z
    .record(z.string(), z.array(z.object({ modId: z.string(), versionRange: z.string().optional() })))
    .optional(),
});

/** The jars of `plugins` and `mods`, read within bounds: somebody else has made them. `unread`: how many could not be looked at. */
export async function readAddOns(root: string): Promise<{ addOns: AddOn[]; unread: number }> {
  const addOns: AddOn[] = [];
  let unread = 0;
  for (const place of ["plugins", "mods"]) {
    const folder = await openFolderAt(root, place).catch(nullIfUnreachable);
    if (!folder) continue;
    try {
      const names = (await folder.names()).filter((name) => name.toLowerCase().endsWith(".jar")).sort();
      unread += Math.max(0, names.length - maxFiles);
      for (const name of names.slice(0, maxFiles)) {
        const file = await folder.openFile(name).catch(nullIfUnreachable);
        if (!file) {
          unread++;
          continue;
        }
        try {
          addOns.push(describeJar(`${place}/${name}`, await readZipTexts(file, entries)));
        } finally {
          await file.close();
        }
      }
    } finally {
      await folder.close();
    }
  }
  return { addOns, unread };
}

function describeJar(file: string, texts: ReadonlyMap<string, string>): AddOn {
  const addOn: AddOn = { file, loaders: [], apiVersion: null, predicates: [], intervals: [] };
  const plugin = texts.get("paper-plugin.yml") ?? texts.get("plugin.yml");
  if (plugin !== undefined) {
    addOn.loaders.push("bukkit");
    const version = read(pluginSchema, () => parseYaml(plugin, { maxAliasCount: 0, schema: "failsafe" }))?.[
      "api-version"
    ];
    addOn.apiVersion = version === undefined ? null : String(version);
  }
  const fabric = texts.get("fabric.mod.json");
  if (fabric !== undefined) {
    addOn.loaders.push("fabric");
    addOn.predicates = [read(fabricSchema, () => JSON.parse(fabric))?.depends?.minecraft ?? []].flat();
  }
  for (const [entry, loader] of [
    ["META-INF/mods.toml", "forge"],
    ["META-INF/neoforge.mods.toml", "neoforge"],
  ] as const) {
    const toml = texts.get(entry);
    if (toml === undefined) continue;
    addOn.loaders.push(loader);
    const all = Object.values(read(forgeSchema, () => parseToml(toml))?.dependencies ?? {}).flat();
    addOn.intervals.push(
      ...all.flatMap(({ modId, versionRange }) => (modId === "minecraft" ? [versionRange ?? ""] : [])),
    );
  }
  return addOn;
}

function read<Shape>(schema: z.ZodType<Shape>, parse: () => unknown): Shape | null {
  try {
    return schema.safeParse(parse()).data ?? null;
  } catch {
    return null;
  }
}
