import { createHash, type Hash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type Docker from "dockerode";
import { buildStandIn } from "../stand-in/build-stand-in";
import { findEngine } from "./find-engine";
import { findJdk, type Jdk } from "./find-jdk";
import { loadImage } from "./load-image";
import { oneAtATime } from "./one-at-a-time";
import { ownFolder, stageBase, stageTools } from "./stage-minecraft-image";
import { type ImageConfig, writeImage, writeLayer } from "./write-image";

const cache = join(process.cwd(), ".build", "minecraft-image");
const standInSources = join(process.cwd(), "src", "test", "stand-in", "java");
const tags = ["java17", "java21"];

const config: ImageConfig = {
  Env: [
    "PATH=/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin",
    "LANG=C.UTF-8",
    "UID=1000",
    "GID=1000",
    "TYPE=VANILLA",
    "VERSION=LATEST",
    "ENABLE_RCON=true",
    "RCON_PORT=25575",
  ],
  Entrypoint: ["/image/start"],
  WorkingDir: "/data",
  Volumes: { "/data": {} },
  ExposedPorts: { "25565/tcp": {} },
  StopSignal: "SIGTERM",
  Healthcheck: { Test: ["CMD", "mc-health"], StartPeriod: 120e9, Interval: 30e9, Retries: 2 },
};

let built: Promise<{ name: string }> | null = null;

/**
 * A small local image that keeps what `itzg/minecraft-server` documents, with the stand-in server in it: this machine's
 * Java, a shell and a few programs. Its tags are java17 and java21. It is made once per content and stays in the engine;
 * several processes may call at once. Needs a JDK and an engine.
 */
export function buildMinecraftImage(): Promise<{ name: string }> {
  built ??= findEngine().then((docker) => {
    if (!docker) throw new Error("No Docker engine answers");
    return buildMinecraftImageOn(docker);
  });
  return built;
}

/** The same on any engine. */
export async function buildMinecraftImageOn(docker: Docker): Promise<{ name: string }> {
  const [jdk, serverJar] = await Promise.all([findJdk(), buildStandIn()]);
  const base = createHash("sha256")
    .update(await describeBase(jdk))
    .digest("hex");
  const hash = createHash("sha256").update(base);
  for (const name of ["minecraft-image.ts", "write-image.ts"]) hash.update(await readFile(join(ownFolder, name)));
  for (const folder of [join(ownFolder, "image-files"), standInSources]) await hashFiles(folder, hash);
  const content = hash.digest("hex");
  const name = `mcsd-test/minecraft-server-${content.slice(0, 12)}`;
  if (await hasTags(docker, name)) return { name };
  await mkdir(cache, { recursive: true });
  await oneAtATime(join(cache, "lock"), async () => {
    if (!(await hasTags(docker, name))) await makeImage({ docker, jdk, serverJar, name, base });
  });
  return { name };
}

async function makeImage(made: { docker: Docker; jdk: Jdk; serverJar: string; name: string; base: string }) {
  const { docker, jdk, serverJar, name, base } = made;
  const stage = await mkdtemp(join(cache, "stage-"));
  try {
    const baseLayer = await cachedBase(join(cache, `base-${base}.tar`), stage, jdk);
    const tools = join(stage, "tools");
    await stageTools(tools, jdk, serverJar);
    await writeLayer(tools, `${tools}.tar`);
    const archive = join(stage, "image.tar");
    const names = tags.map((tag) => `${name}:${tag}`);
    const kind = "minecraft";
    await writeImage({ layers: [baseLayer, `${tools}.tar`], names, config, kind, target: archive });
    await loadImage(docker, archive);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  await removeOlder(docker, name);
}

/** The part that takes long, and changes with the machine's Java alone. It appears by a rename, always whole. */
async function cachedBase(layer: string, stage: string, jdk: Jdk): Promise<string> {
  if (existsSync(layer)) return layer;
  const folder = join(stage, "base");
  await stageBase(folder, jdk);
  await writeLayer(folder, `${folder}.tar`);
  await rename(`${folder}.tar`, layer);
  return layer;
}

/** Which Java, and how the base is put together. */
async function describeBase({ home, version }: Jdk): Promise<string> {
  const { mtimeMs } = await stat(join(home, "lib", "modules"));
  const recipe = await readFile(join(ownFolder, "stage-minecraft-image.ts"), "utf8");
  return [home, version, mtimeMs, recipe].join("\n");
}

async function hashFiles(folder: string, hash: Hash): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    hash.update(path.slice(folder.length)).update(await readFile(path));
  }
}

async function hasTags(docker: Docker, name: string): Promise<boolean> {
  const found = await Promise.allSettled(tags.map((tag) => docker.getImage(`${name}:${tag}`).inspect()));
  return found.every(({ status }) => status === "fulfilled");
}

/** Images of older contents, unless another run has used them within a day. */
async function removeOlder(docker: Docker, name: string): Promise<void> {
  const images = await docker.listImages({ filters: { label: ["mcsd.test=minecraft"] } });
  const tooOld = Date.now() / 1000 - 86_400;
  for (const { Created, RepoTags } of images) {
    for (const tag of RepoTags ?? []) {
      if (Created < tooOld && !tag.startsWith(`${name}:`))
        await docker
          .getImage(tag)
          .remove()
          .catch(() => {});
    }
  }
}
