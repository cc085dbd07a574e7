import { createHash } from "node:crypto";
import { constants, createReadStream, type Stats } from "node:fs";
import { lstat, open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Sealer } from "@/server/crypto/seal";
import { AppError } from "@/server/errors";
import type { DataDir } from "@/server/fs/data-dir";
import type { JavaRegistry } from "../../java/server/java-registry";
import { buildJvmArgs, buildOtherJvmArgs, heapSize } from "../../launch/build-jvm-args";
import type { LaunchKind } from "../../launch/contract";
import { chownServerFolder } from "../../launch/server/host/prepare-folder";
import type { LaunchProblem, LaunchSpec, LaunchStrategy } from "../../launch/server/launch-strategy";
import type { managementProperties } from "../contract";
import { editPropertiesBytes, parseProperties } from "./properties-file";
import type { ServerRecord } from "./repository";
import { openServerFolder } from "./server-folder";
import { serverUid } from "./server-uid";

export interface PrepareDeps {
  dataDir: DataDir;
  java: JavaRegistry;
  sealer: Sealer;
  strategies: Readonly<Record<LaunchKind, LaunchStrategy>>;
  uidBase: number | null;
  /** Name of our own server that listens on the port now, if it is one of ours. */
  portHolder(port: number, exceptId: string): string | null;
}

const userArguments = "user_jvm_args.txt";

/** Makes a stopped server's folder ready and says how to run it. Throws an AppError for every reason not to. */
export async function prepareLaunch(deps: PrepareDeps, record: ServerRecord): Promise<LaunchSpec> {
  const path = deps.dataDir.paths.serverFolder(record.id);
  const uid = serverUid(deps.uidBase, record);
  const folder = openServerFolder(path, uid);
  const [runtime] = await Promise.all([
    chooseRuntime(deps, record, path),
    checkProgram(path, record),
    ensureEula(folder, record),
    ensureProperties(folder, record, deps.sealer),
  ]);
  if (uid !== null) await chownServerFolder(path, uid);
  const spec: LaunchSpec = {
    serverId: record.id,
    folder: path,
    ...runtime,
    programArgs: programOf(record).args,
    memoryMb: record.memoryMb,
    gamePort: record.port,
    uid,
  };
  const [problem] = await deps.strategies[record.launchKind].preflight(spec);
  if (problem) throw toError(problem, record, deps);
  return spec;
}

/** The Java of this machine, or of the image that the containers are made of. */
async function chooseRuntime(
  { java, sealer }: PrepareDeps,
  record: ServerRecord,
  folder: string,
): Promise<Pick<LaunchSpec, "javaPath" | "jvmArgs" | "container">> {
  const { memoryMb, jvmArgs: extraArgs, jvmPreset: preset, version, rconPort, cpuLimit } = record;
  const own = await ownArguments(folder, record);
  if (record.launchKind === "host") {
    const { path, major } = await java.resolve(record.javaMajor ?? record.requiredJava);
    return {
      javaPath: path,
      jvmArgs: [...own, ...buildJvmArgs({ folder, javaMajor: major, memoryMb, preset, extraArgs })],
    };
  }
  const javaMajor = record.javaMajor ?? record.requiredJava;
  const rconPassword = sealer.open(record.rconPassword, rconPlace(record.id));
  const { files, args } = programOf(record);
  return {
    javaPath: "java",
    jvmArgs: [...own, ...buildOtherJvmArgs({ folder: "/data", javaMajor, memoryMb, preset, extraArgs })],
    container: {
      javaMajor,
      version,
      firstHeapMb: heapSize({ memoryMb, preset }).firstMb,
      cpuLimit,
      rconPort,
      rconPassword,
      managementPort: record.managementPort,
      programFile: files[0] ?? "server.jar",
      customExec: record.program?.kind === "args" ? args.join(" ") : null,
    },
  };
}

/** Forge's and NeoForge's own file for flags, which people edit: before ours, so that the heap stays what the server's settings say. */
async function ownArguments(folder: string, { program }: ServerRecord): Promise<string[]> {
  if (program?.kind !== "args") return [];
  const found = await lstat(join(folder, userArguments)).catch(() => null);
  return found?.isFile() ? [`@${userArguments}`] : [];
}

function toError(problem: LaunchProblem, record: ServerRecord, deps: PrepareDeps): AppError {
  if (problem.code === "PORT_TAKEN") {
    const holder = deps.portHolder(record.port, record.id);
    const by = holder ? `your server "${holder}"` : "another program on this machine";
    return new AppError("PORT_TAKEN", `Port ${record.port} is in use by ${by}.`, { port: record.port, holder });
  }
  if (problem.code === "ALREADY_RUNNING") return new AppError("SERVER_BUSY", problem.message, problem.details);
  if (problem.code === "JAR_MISSING" || problem.code === "JAVA_NOT_FOUND")
    return new AppError(problem.code, problem.message, problem.details);
  return new AppError("START_FAILED", problem.message, { ...problem.details, problem: problem.code });
}

/** What Java runs, as the files that it needs and as its arguments. */
function programOf({ program }: Pick<ServerRecord, "program">): { files: string[]; args: string[] } {
  if (program?.kind === "args")
    return { files: program.files, args: [...program.files.map((file) => `@${file}`), "nogui"] };
  const file = program?.file ?? "server.jar";
  return { files: [file], args: ["-jar", file, "nogui"] };
}

async function checkProgram(path: string, record: ServerRecord): Promise<void> {
  const { files } = programOf(record);
  const found = await Promise.all(files.map((file) => lstat(join(path, file)).catch(() => null)));
  const missing = files.find((_file, index) => !found[index]?.isFile());
  if (missing !== undefined) {
    const advice =
      record.program === null ? "Upload one, then start again." : "It was put there when the server was installed.";
    throw new AppError("JAR_MISSING", `There is no ${missing} in the server's folder. ${advice}`, { file: missing });
  }
  const [stat, file] = [found[0], files[0]];
  if (record.program?.kind !== "args" && stat && file) await checkJar(join(path, file), { record, file, stat });
}

async function checkJar(
  jarPath: string,
  { record, file, stat }: { record: ServerRecord; file: string; stat: Stats },
): Promise<void> {
  const installed = record.jar;
  if (!installed || (stat.size === installed.size && stat.mtimeMs === installed.mtimeMs)) return;
  if (stat.size === installed.size && (await hashFile(jarPath, installed.algorithm)) === installed.checksum) return;
  throw new AppError(
    "JAR_CORRUPT",
    `${file} is not the file that was installed for ${record.type} ${record.version} (its ${installed.algorithm} differs). Put the right one back, or create a server of type custom for your own jar.`,
    { file, algorithm: installed.algorithm },
  );
}

async function hashFile(path: string, algorithm: "sha1" | "sha256"): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const hash = createHash(algorithm);
  await pipeline(createReadStream("", { fd: file.fd, autoClose: false }), hash).finally(() => file.close());
  return hash.digest("hex");
}

type Folder = ReturnType<typeof openServerFolder>;

async function ensureEula(folder: Folder, record: ServerRecord): Promise<void> {
  const text = (await folder.read("eula.txt")) ?? "";
  if (parseProperties(text).get("eula")?.toLowerCase() === "true") return;
  if (!record.eulaAcceptedAt) {
    throw new AppError("EULA_NOT_ACCEPTED", "Minecraft's EULA has not been accepted for this server.", {
      url: "https://aka.ms/MinecraftEULA",
    });
  }
  await folder.write("eula.txt", eulaText(record.eulaAcceptedAt));
}

/** The file as the game writes it, once a person has agreed. */
export function eulaText(acceptedAt: Date): string {
  return `#By changing the setting below to TRUE you are indicating your agreement to our EULA (https://aka.ms/MinecraftEULA).\n#${acceptedAt.toISOString()}\neula=true\n`;
}

/** The keys that mcsd decides, so that the ports and the remote control are what it believes them to be. */
export async function ensureProperties(folder: Folder, record: ServerRecord, sealer: Sealer): Promise<void> {
  const bytes = (await folder.readBytes("server.properties")) ?? Buffer.alloc(0);
  const { id, rconPassword, managementPort: port, managementSecret } = record;
  const isManaged = port !== null && managementSecret !== null;
  const managed = managedValues(record, {
    rconPassword: sealer.open(rconPassword, rconPlace(id)),
    management: isManaged ? { port, secret: sealer.open(managementSecret, managementPlace(id)) } : null,
  });
  const present = parseProperties(bytes.toString("latin1"));
  if ([...managed].every(([key, value]) => (present.get(key) ?? null) === value)) return;
  await folder.write("server.properties", editPropertiesBytes(bytes, managed));
}

interface ManagedSecrets {
  rconPassword: string;
  /** Null: the game's version has no management service, or the server has not been started yet. */
  management: { port: number; secret: string } | null;
}

/** A value of null: the key is not there. */
export function managedValues(
  record: Pick<ServerRecord, "port" | "rconPort" | "type" | "launchKind">,
  { rconPassword, management }: ManagedSecrets,
): Map<string, string | null> {
  return new Map<string, string | null>([
    ["server-port", String(record.port)],
    ["enable-rcon", "true"],
    ["rcon.port", String(record.rconPort)],
    ["rcon.password", rconPassword],
    ["broadcast-rcon-to-ops", "false"],
    // Inside a container loopback is the container's own; there the network keeps strangers out.
    ...(record.type === "paper" || record.type === "purpur"
      ? ([["rcon.ip", record.launchKind === "host" ? "127.0.0.1" : ""]] as const)
      : []),
    ...managementValues(record, management),
  ]);
}

/**
 * The game does not start where its service is to use TLS and has no key store, which is the usual value: loopback, or the network of the
 * containers, is what keeps strangers out. A custom server's are its owner's own.
 */
function managementValues(
  { type, launchKind }: Pick<ServerRecord, "type" | "launchKind">,
  management: ManagedSecrets["management"],
): [string, string | null][] {
  if (type === "custom") return [];
  const values: Record<(typeof managementProperties)[number], string> = {
    "management-server-enabled": "true",
    "management-server-host": launchKind === "host" ? "127.0.0.1" : "0.0.0.0",
    "management-server-port": String(management?.port),
    "management-server-secret": management?.secret ?? "",
    "management-server-tls-enabled": "false",
    "management-server-allowed-origins": "",
  };
  return Object.entries(values).map(([key, value]) => [key, management && value]);
}

/** Where a server's RCON password is sealed to. */
export function rconPlace(serverId: string): string {
  return `servers.${serverId}.rcon_password`;
}

/** The same of the secret of its management service. */
export function managementPlace(serverId: string): string {
  return `servers.${serverId}.management_secret`;
}
