import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type Docker from "dockerode";
import { findProgram } from "../deploy/find-program";
import { loadImage } from "./load-image";
import { ownFolder } from "./stage-minecraft-image";
import { writeImage, writeLayer } from "./write-image";

const run = promisify(execFile);
const cache = join(process.cwd(), ".build", "base-image");
const certificates = "/etc/ssl/certs/ca-certificates.crt";

/** Why this machine cannot make a base image, or null. */
export function whyNoBase(): string | null {
  if (process.getuid?.() !== 0) return "a root file system can be made by root alone";
  return findProgram("debootstrap") ? null : "no debootstrap on this machine (apt-get install debootstrap)";
}

/**
 * What stands in for `node:24-slim`: a minimal Debian 12 with Node 24 and the user `node`, from Debian's packages and npm's.
 * Made once and kept under .build and in the engine; takes about a minute the first time.
 */
export async function buildBaseImage(docker: Docker): Promise<string> {
  const recipe = await readFile(join(ownFolder, "base-image.ts"));
  const sum = createHash("sha256").update(recipe).digest("hex").slice(0, 12);
  const name = `mcsd-test/node-slim-${sum}:24`;
  const isThere = await docker
    .getImage(name)
    .inspect()
    .then(
      () => true,
      () => false,
    );
  if (isThere) return name;
  await mkdir(cache, { recursive: true });
  const layer = join(cache, `root-${sum}.tar`);
  const stage = await mkdtemp(join(cache, "stage-"));
  try {
    if (!existsSync(layer)) await makeLayer(join(stage, "root"), layer);
    const target = join(stage, "image.tar");
    const Env = [
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      `NODE_EXTRA_CA_CERTS=${certificates}`,
      `NPM_CONFIG_CAFILE=${certificates}`,
    ];
    await writeImage({ layers: [layer], names: [name], config: { Env, Cmd: ["node"] }, kind: "base", target });
    await loadImage(docker, target);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return name;
}

async function makeLayer(root: string, layer: string): Promise<void> {
  await run("debootstrap", ["--variant=minbase", "--include=ca-certificates", "bookworm", root], { maxBuffer: 1e8 });
  await run("chroot", [root, "useradd", "--create-home", "--uid", "1000", "node"]);
  for (const path of ["usr/share/doc", "usr/share/man", "usr/share/locale", "var/cache/apt", "var/lib/apt/lists"])
    await rm(join(root, path), { recursive: true, force: true });
  // This machine may reach the registry through somebody whom only its own certificates know.
  await copyFile(certificates, join(root, certificates));

  const packages = `${root}-npm`;
  await mkdir(packages);
  await run("npm", ["install", "--prefix", packages, "--no-save", "node@24", "npm@11"]);
  const modules = join(root, "usr/local/lib/node_modules");
  await copyFile(join(packages, "node_modules/node/bin/node"), join(root, "usr/local/bin/node"));
  await cp(join(packages, "node_modules/npm"), join(modules, "npm"), { recursive: true });
  for (const name of ["npm", "npx"])
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, "usr/local/bin", name));
  await writeLayer(root, `${root}.tar`, { keepsOwners: true });
  await rename(`${root}.tar`, layer);
}
