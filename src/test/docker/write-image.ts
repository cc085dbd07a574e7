import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The part of an image that its containers begin with, by the names of the OCI image configuration. */
export interface ImageConfig {
  Env?: string[];
  Entrypoint?: string[];
  Cmd?: string[];
  WorkingDir?: string;
  Volumes?: Record<string, object>;
  ExposedPorts?: Record<string, object>;
  StopSignal?: string;
  /** Times in nanoseconds. */
  Healthcheck?: { Test: string[]; StartPeriod: number; Interval: number; Retries: number };
}

/** A folder as a layer: everything is root's unless said otherwise, no times, so that the same content is the same layer. */
export async function writeLayer(folder: string, target: string, { keepsOwners = false } = {}): Promise<void> {
  const owners = keepsOwners ? [] : ["--owner=0", "--group=0"];
  const same = ["--numeric-owner", "--mtime=@0", "--sort=name"];
  await run("tar", [...owners, ...same, "-C", folder, "-cf", target, "."]);
}

/** Layers as an archive that an engine can load. */
export async function writeImage(made: {
  layers: readonly string[];
  names: readonly string[];
  config: ImageConfig;
  /** Value of the label `mcsd.test`, by which images of one kind are found. */
  kind: string;
  target: string;
}): Promise<void> {
  const stage = `${made.target}.stage`;
  await mkdir(stage);
  const sums: string[] = [];
  for (const [index, layer] of made.layers.entries()) {
    await symlink(layer, join(stage, `${index}.tar`));
    const hash = createHash("sha256");
    await pipeline(createReadStream(layer), hash);
    sums.push(`sha256:${hash.digest("hex")}`);
  }
  const created = new Date().toISOString();
  const image = {
    architecture: { x64: "amd64", arm64: "arm64" }[process.arch as string] ?? process.arch,
    os: "linux",
    created,
    config: { ...made.config, Labels: { "mcsd.test": made.kind } },
    rootfs: { type: "layers", diff_ids: sums },
    history: sums.map(() => ({ created, created_by: "mcsd tests" })),
  };
  const manifest = { Config: "config.json", RepoTags: made.names, Layers: sums.map((_sum, index) => `${index}.tar`) };
  await writeFile(join(stage, "config.json"), JSON.stringify(image));
  await writeFile(join(stage, "manifest.json"), JSON.stringify([manifest]));
  await run("tar", ["--dereference", "-C", stage, "-cf", made.target, "."]);
}
