import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundleWorker } from "../../snapshots/bundle-worker";
import type { Bench } from "../bench";
import { changeRegions, makeBenchWorld } from "../bench-world";
import type { Figure } from "../figure";
import { folderPrefix } from "../remove-run";
import { type RoleProcess, startRole } from "../role";
import type { EngineAnswer, EngineQuestion } from "../run-snapshot-engine";

const sizesMb = [300, 1024];
const changedShare = 0.05;

/** Snapshots and restores of worlds of two sizes, against the tools that people use, on the same files in the same run. */
export async function measureSnapshots(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const megabytes of sizesMb) {
    const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-snapshots-`));
    const engine = startRole("snapshot-engine");
    try {
      figures.push(...(await measureSize({ bench, folder, engine, megabytes })));
    } finally {
      await engine.end();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return figures;
}

interface Place {
  bench: Bench;
  folder: string;
  engine: RoleProcess;
  megabytes: number;
}

async function measureSize({ bench, folder, engine, megabytes }: Place): Promise<Figure[]> {
  const at = (name: string) => join(folder, name);
  const rounds = bench.options.rounds ?? 3;
  const ask = (question: EngineQuestion) => engine.ask<EngineAnswer>(question);
  const timed = (command: string) => timeOf(command, folder);
  const regions = await makeBenchWorld(at("world"), megabytes);
  await mkdir(at("snapshots"));
  await ask({ kind: "open", root: at("snapshots"), workerFile: await bundleWorker() });
  // Files that were just written are never relied on.
  await sleep(2500);

  const first: EngineAnswer[] = [];
  const restores: EngineAnswer[] = [];
  const references = { zstd: [] as number[], copy: [] as number[], extract: [] as number[] };
  const gzip = await timed("tar -C world -czf w.tar.gz .");
  await timed("tar -C world -cf w.tar .");
  for (let round = 0; round < rounds; round++) {
    references.zstd.push(await timed("tar -C world -cf - . | zstd -1 -T0 -qf -o w.tar.zst"));
    references.copy.push(await timed("cp -a world copy"));
    await rm(at("copy"), { recursive: true });
    await rm(at("snapshots"), { recursive: true });
    await mkdir(at("snapshots"));
    await flush(folder);
    await ask({ kind: "open", root: at("snapshots"), workerFile: await bundleWorker() });
    first.push(await ask({ kind: "snapshot", id: "first", folder: at("world") }));
    const extract = async () => {
      await mkdir(at("extracted"));
      await warmMemory();
      references.extract.push(await timed("tar -C extracted -xf w.tar && sync -f extracted"));
      await rm(at("extracted"), { recursive: true });
    };
    const restore = async () => {
      await flush(folder);
      await warmMemory();
      restores.push(await ask({ kind: "restore", id: "first", target: at("restored") }));
      await rm(at("restored"), { recursive: true });
    };
    for (const turn of round % 2 === 0 ? [extract, restore] : [restore, extract]) await turn();
  }
  const peers = await preparePeers(at("peers"), folder);
  const changed = await changeRegions(regions, changedShare);
  await sleep(2500);
  await flush(folder);
  const second = await ask({ kind: "snapshot", id: "second", folder: at("world") });
  const added = await measurePeers(peers, folder);
  const touch = regions.filter((_, index) => index % Math.round(1 / changedShare) === 1);
  const twoPasses = await ask({ kind: "two passes", id: "third", folder: at("world"), touch });

  const ms = best(first.map((one) => one.ms));
  const restoreMs = best(restores.map((one) => one.ms));
  const of = (name: string) => `${name}, ${megabytes} MB`;
  const common = { unit: "ms", measure: "ratio" } as const;
  const flushNote = "ours ends when everything is flushed to the disk; the reference does not flush";
  const bytes = megabytes * 1024 * 1024;
  return [
    {
      ...common,
      name: of("how often a first snapshot fits into tar -czf"),
      ours: gzip,
      reference: ms,
      goal: { kind: "at least", value: 8 },
      note: "the first figure is that of tar, the second ours",
    },
    {
      ...common,
      name: of("first snapshot against tar | zstd -1 -T0"),
      ours: ms,
      reference: best(references.zstd),
      goal: { kind: "at most", value: 2 },
      note: flushNote,
    },
    {
      ...common,
      name: of("first snapshot against cp -a"),
      ours: ms,
      reference: best(references.copy),
      goal: null,
      note: flushNote,
    },
    {
      ...common,
      name: of("verified restore against tar -x"),
      ours: restoreMs,
      reference: best(references.extract),
      goal: { kind: "at most", value: 1.5 },
      note: "both with the flush to the disk; the tar is not compressed",
    },
    {
      name: of("memory above idle, the higher of snapshot and restore"),
      unit: "MiB",
      ours: Math.max(...[...first, ...restores, second, twoPasses].map(({ memoryMb }) => memoryMb)),
      reference: null,
      measure: "value",
      goal: { kind: "at most", value: 150 },
    },
    ...added.map(
      ({ name, ms: peerMs, addedBytes }): Figure => ({
        ...common,
        name: of(`second snapshot after ${changed} of ${regions.length} regions changed, against ${name}`),
        ours: second.ms,
        reference: peerMs,
        goal: name === "borg create" ? { kind: "at most", value: 1 } : null,
        note: `${name} added ${Math.round(addedBytes / 1e6)} MB, ours ${Math.round(second.addedBytes / 1e6)} MB`,
      }),
    ),
    {
      name: of("what the second snapshot adds"),
      unit: "% of the size",
      ours: (second.addedBytes / bytes) * 100,
      reference: null,
      measure: "value",
      goal: { kind: "at most", value: 6 },
    },
    {
      name: of("saving is off for the second of two passes"),
      unit: "ms",
      ours: twoPasses.stillMs,
      reference: null,
      measure: "value",
      goal: { kind: "at most", value: 1000 },
      note: `${touch.length} regions are written in the moment before`,
    },
  ];
}

/**
 * A virtual machine's memory costs many times as much when it is touched for the first time: both sides get memory that a
 * process has just given back.
 */
async function warmMemory(): Promise<void> {
  await once(spawn(process.execPath, ["-e", "Buffer.alloc(2 ** 31, 1)"], { stdio: "ignore" }), "exit");
}

/** The best of all rounds: what the machine does besides only ever makes it slower. */
function best(times: readonly number[]): number {
  return Math.min(...times);
}

interface Peer {
  name: string;
  repository: string;
  command: string;
}

/** Repositories of borg and restic that hold the world as it is. Those that are not installed are left out. */
async function preparePeers(base: string, folder: string): Promise<Peer[]> {
  await mkdir(base);
  const all = [
    {
      program: "borg",
      name: "borg create",
      init: "borg init -e none peers/borg",
      command: "borg create -C zstd,1 peers/borg::NAME world",
    },
    {
      program: "restic",
      name: "restic backup",
      init: "restic -q init -r peers/restic",
      command: "restic -q -r peers/restic backup world",
    },
  ];
  const peers: Peer[] = [];
  for (const { program, name, init, command } of all) {
    if (spawnSync(program, ["--version"]).error) continue;
    await timeOf(init, folder);
    await timeOf(command.replace("NAME", "first"), folder);
    peers.push({ name, repository: join(base, program), command: command.replace("NAME", "second") });
  }
  return peers;
}

async function measurePeers(peers: readonly Peer[], folder: string) {
  const results: { name: string; ms: number; addedBytes: number }[] = [];
  for (const { name, repository, command } of peers) {
    const before = bytesIn(repository);
    const ms = await timeOf(command, folder);
    results.push({ name, ms, addedBytes: bytesIn(repository) - before });
  }
  return results;
}

function bytesIn(folder: string): number {
  return Number(spawnSync("du", ["-sb", folder], { encoding: "utf8" }).stdout.split("\t")[0]);
}

async function flush(folder: string): Promise<void> {
  await once(spawn("sync", ["-f", folder]), "exit");
}

/** Milliseconds of a shell command in the folder, on a disk that has nothing else to do. */
async function timeOf(command: string, cwd: string): Promise<number> {
  await flush(cwd);
  const home = { BORG_BASE_DIR: join(cwd, "borg-home"), XDG_CACHE_HOME: join(cwd, "cache"), RESTIC_PASSWORD: "bench" };
  const env = { ...process.env, ...home, BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: "yes" };
  const startedAt = performance.now();
  const child = spawn("bash", ["-o", "pipefail", "-c", command], { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
  return performance.now() - startedAt;
}
