import type { ServerType } from "../../../versions/contract";
import type { ServerProgram } from "../table";
import { inside, type Look } from "./import-look";

export interface Identified {
  type: ServerType;
  version: string | null;
  build: string | null;
  javaMajor: number | null;
  program: ServerProgram;
}

const none = { version: null, build: null, javaMajor: null } as const;
const versionPattern = /^[0-9A-Za-z][0-9A-Za-z ._+-]{0,63}$/;
const checked = (text: string | null | undefined) => (text && versionPattern.test(text) ? text : null);

/**
 * What the folder runs, by looking: Forge's and NeoForge's files of arguments, else a jar and what it says of itself. `wanted` is the jar that
 * another panel has started. Null when there is nothing to run.
 */
export async function identifyProgram(look: Look, root: string, wanted: string | null): Promise<Identified | null> {
  const byArguments = await findArguments(look, root);
  if (byArguments) return byArguments;
  const jars = (await look.names(root)).filter(({ name, isFolder }) => !isFolder && name.endsWith(".jar"));
  const names = jars.map(({ name }) => name);
  const file = chooseJar(names, wanted);
  return file === null ? null : readJar(look, root, file);
}

const loaders = [
  { type: "neoforge", folder: "libraries/net/neoforged/neoforge", version: /--fml\.neoForgeVersion\s+(\S+)/ },
  { type: "neoforge", folder: "libraries/net/neoforged/forge", version: /--fml\.forgeVersion\s+(\S+)/ },
  { type: "forge", folder: "libraries/net/minecraftforge/forge", version: /--fml\.forgeVersion\s+(\S+)/ },
] as const;

/** Since 1.17 both are started by a file of arguments that their installer leaves among the libraries. */
async function findArguments(look: Look, root: string): Promise<Identified | null> {
  for (const { type, folder, version } of loaders) {
    const builds = (await look.names(inside(root, folder))).filter(({ isFolder }) => isFolder).map(({ name }) => name);
    for (const name of builds.sort(byNumbers).reverse()) {
      const file = `${folder}/${name}/unix_args.txt`;
      const text = await look.text(inside(root, file));
      if (text === null) continue;
      const game = /--fml\.mcVersion\s+(\S+)/.exec(text)?.[1] ?? (type === "forge" ? name.split("-")[0] : null);
      const build = version.exec(text)?.[1] ?? name.split("-").at(-1);
      const program: ServerProgram = { kind: "args", files: [file] };
      return { type, version: checked(game), build: checked(build), javaMajor: null, program };
    }
  }
  return null;
}

const byNumbers = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });

/** What is usual, the most telling first: a launcher beside the jar that it starts must win. */
const usual = [
  /^fabric-server-launch(?:er)?\.jar$/,
  /^fabric-server-mc\..*\.jar$/,
  /^server\.jar$/,
  /^(?:paper|purpur|folia|pufferfish|leaf|spigot|craftbukkit)[-_.0-9].*\.jar$/i,
  /^(?:neo)?forge-.*(?:universal|shim)?\.jar$/i,
  /^minecraft_server.*\.jar$/i,
  /^(?:paper|purpur|spigot|vanilla|craftbukkit|minecraft)\.jar$/i,
];

function chooseJar(names: readonly string[], wanted: string | null): string | null {
  if (wanted && names.includes(wanted)) return wanted;
  for (const pattern of usual) {
    const found = names
      .filter((name) => pattern.test(name) && !/installer/i.test(name))
      .sort(byNumbers)
      .at(-1);
    if (found) return found;
  }
  const others = names.filter((name) => !/installer/i.test(name));
  return others.length === 1 ? (others[0] ?? null) : null;
}

const telling = [
  ...["META-INF/MANIFEST.MF", "META-INF/versions.list", "version.json", "install.properties", "patch.properties"],
  ...["META-INF/patches.list", "fabric-server-launch.properties"],
];

async function readJar(look: Look, root: string, file: string): Promise<Identified> {
  const program = { kind: "jar", file } as const;
  const texts = await look.jar(inside(root, file), telling);
  const manifest = texts.get("META-INF/MANIFEST.MF") ?? "";
  const own = readVersionFile(texts.get("version.json"));

  const install = texts.get("install.properties");
  if (install !== undefined || /net\.fabricmc\./.test(manifest)) {
    const game = /^game-version=(.*)$/m.exec(install ?? "")?.[1]?.trim();
    const loader = /^fabric-loader-version=(.*)$/m.exec(install ?? "")?.[1]?.trim();
    const beside = game || file === "server.jar" ? null : await readJar(look, root, "server.jar").catch(() => null);
    const javaMajor = own.javaMajor ?? beside?.javaMajor ?? null;
    return {
      type: "fabric",
      version: checked(game) ?? beside?.version ?? null,
      build: checked(loader),
      javaMajor,
      program,
    };
  }
  if (/io\.papermc\.paperclip\.|com\.destroystokyo\.paperclip\./.test(manifest)) {
    const list = texts.get("META-INF/versions.list") ?? "";
    const patch = texts.get("patch.properties") ?? "";
    const type = /\bpurpur-/i.test(list) || /purpur/i.test(patch) ? "purpur" : "paper";
    const version = own.version ?? checked(list.split("\t")[1]) ?? checked(/^version=(.*)$/m.exec(patch)?.[1]?.trim());
    const build = (await readHistory(look, root)) ?? checked(/-(\d+)\.jar$/.exec(file)?.[1]);
    return { type, version, build, javaMajor: own.javaMajor, program };
  }
  const forge = /^(neo)?forge-(\d+\.\d+(?:\.\d+)?)-([\d.]+)/i.exec(file);
  if (forge || /net\.minecraftforge\.|cpw\.mods\.fml\./.test(manifest)) {
    const type = forge?.[1] ? "neoforge" : "forge";
    return { type, version: checked(forge?.[2]) ?? own.version, build: checked(forge?.[3]), javaMajor: null, program };
  }
  if (/^Main-Class: net\.minecraft\.(?:bundler|server)\./m.test(manifest))
    return { ...none, type: "vanilla", ...own, program };
  return { ...none, type: "custom", ...own, program };
}

/** Mojang's own description, in every jar since 1.14. */
function readVersionFile(text: string | undefined): { version: string | null; javaMajor: number | null } {
  try {
    const { id, java_version } = JSON.parse(text ?? "{}") as { id?: unknown; java_version?: unknown };
    const version = typeof id === "string" ? checked(id.split(" / ")[0]) : null;
    return { version, javaMajor: typeof java_version === "number" ? java_version : null };
  } catch {
    return { version: null, javaMajor: null };
  }
}

/** Paper notes what has run: `git-Paper-448 (MC: 1.20.1)`, later `1.21.4-123-abc123 (MC: 1.21.4)`. */
async function readHistory(look: Look, root: string): Promise<string | null> {
  const history = (await look.json(inside(root, "version_history.json"))) as { currentVersion?: unknown } | null;
  if (typeof history?.currentVersion !== "string") return null;
  return /(?:^git-\w+-|^[\d.]+-)(\d+)/.exec(history.currentVersion)?.[1] ?? null;
}
