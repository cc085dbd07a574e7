import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
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

/** Makes a stopped server's folder ready and says how to run it. Throws an AppError for every reason not to. */
export async function prepareLaunch(deps: PrepareDeps, record: ServerRecord): Promise<LaunchSpec> {
  const path = deps.dataDir.paths.serverFolder(record.id);
  const uid = serverUid(deps.uidBase, record);
  const folder = openServerFolder(path, uid);
  const [runtime] = await Promise.all([
    chooseRuntime(deps, record, path),
    checkJar(path, record),
    ensureEula(folder, record),
    ensureProperties(folder, record, deps.sealer),
  ]);
  if (uid !== null) await chownServerFolder(path, uid);
  const spec: LaunchSpec = {
    serverId: record.id,
    folder: path,
    ...runtime,
    programArgs: ["-jar", "server.jar", "nogui"],
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
  const { memoryMb, jvmArgs: extraArgs, version, rconPort, cpuLimit } = record;
  if (record.launchKind === "host") {
    const { path, major } = await java.resolve(record.javaMajor ?? record.requiredJava);
    return { javaPath: path, jvmArgs: buildJvmArgs({ folder, javaMajor: major, memoryMb, extraArgs }) };
  }
  const javaMajor = record.javaMajor ?? record.requiredJava;
  const rconPassword = sealer.open(record.rconPassword, rconPlace(record.id));
  return {
    javaPath: "java",
    jvmArgs: buildOtherJvmArgs({ folder: "/data", javaMajor, extraArgs }),
    container: { javaMajor, version, firstHeapMb: heapSize({ memoryMb }).firstMb, cpuLimit, rconPort, rconPassword },
  };
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

async function checkJar(path: string, record: ServerRecord): Promise<void> {
  const jarPath = join(path, "server.jar");
  const stat = await lstat(jarPath).catch(() => null);
  if (!stat?.isFile()) {
    throw new AppError("JAR_MISSING", "There is no server.jar in the server's folder. Upload one, then start again.", {
      file: "server.jar",
    });
  }
  const installed = record.jar;
  if (!installed || (stat.size === installed.size && stat.mtimeMs === installed.mtimeMs)) return;
  if (stat.size === installed.size && (await hashFile(jarPath, installed.algorithm)) === installed.checksum) return;
  throw new AppError(
    "JAR_CORRUPT",
    `server.jar is not the file that was installed for ${record.type} ${record.version} (its ${installed.algorithm} differs). Put the right one back, or create a server of type custom for your own jar.`,
    { file: "server.jar", algorithm: installed.algorithm },
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
  const managed = managedValues(record, sealer.open(record.rconPassword, rconPlace(record.id)));
  const present = parseProperties(bytes.toString("latin1"));
  if ([...managed].every(([key, value]) => present.get(key) === value)) return;
  await folder.write("server.properties", editPropertiesBytes(bytes, managed));
}

export function managedValues(
  record: Pick<ServerRecord, "port" | "rconPort" | "type" | "launchKind">,
  rconPassword: string,
): Map<string, string> {
  return new Map([
    ["server-port", String(record.port)],
    ["enable-rcon", "true"],
    ["rcon.port", String(record.rconPort)],
    ["rcon.password", rconPassword],
    ["broadcast-rcon-to-ops", "false"],
    // Inside a container loopback is the container's own; there the network keeps strangers out.
    ...(record.type === "paper" || record.type === "purpur"
      ? ([["rcon.ip", record.launchKind === "host" ? "127.0.0.1" : ""]] as const)
      : []),
  ]);
}

/** Where a server's RCON password is sealed to. */
export function rconPlace(serverId: string): string {
  return `servers.${serverId}.rcon_password`;
}
