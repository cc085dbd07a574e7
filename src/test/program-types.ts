import { readFile } from "node:fs/promises";
import type { Job } from "@/domains/jobs/contract";
import type { CreateServerInput, Server } from "@/domains/servers/contract";
import type { Client } from "@/trpc/node-client";
import { buildInstaller, type InstallerOptions } from "./installer/build-installer";
import type { Program } from "./program";
import { addServer, findJvms, untilState } from "./program-servers";
import { until } from "./program-until";

let builds = 0;

/** A build of Forge whose installer behaves so; the version is one that this machine has the Java for. */
export async function offerForge(
  program: Program,
  options: Omit<InstallerOptions, "name">,
): Promise<{ type: "forge"; version: string; build: string }> {
  const build = `49.0.${++builds}`;
  const installer = await buildInstaller({ ...options, name: `${program.version}-${build}` });
  program.upstreams.forge.add({ version: program.version, build, installer });
  await (await program.admin()).versions.refresh.mutate({ type: "forge" });
  return { type: "forge", version: program.version, build };
}

/** Starts and stops a server; gives the command line that it had. */
export async function runOnce(program: Program, client: Client, serverId: string): Promise<string[]> {
  await client.servers.start.mutate({ serverId, wait: true });
  const [pid] = await findJvms(program, serverId);
  const line = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
  await client.servers.stop.mutate({ serverId, wait: true });
  await untilState(client, serverId, "stopped");
  return line;
}

/** Begins to make a server whose installer hangs, and waits until it says so. */
export async function beginHanging(program: Program, client: Client): Promise<Job> {
  const wanted = await offerForge(program, { mode: "hang" });
  const begun = await client.servers.create.mutate(neverToBe(wanted));
  const isThere = ({ output }: Job) => output?.at(-1)?.includes("1 of 40") ?? false;
  return untilJob(client, "jobId" in begun ? begun.jobId : "", isThere);
}

export function neverToBe(wanted: Pick<CreateServerInput, "type" | "version" | "build" | "wait">): CreateServerInput {
  return { name: "Never to be", memoryMb: 128, acceptEula: true, ...wanted };
}

export function untilJob(client: Client, jobId: string, isThere: (job: Job) => boolean): Promise<Job> {
  return until(async () => {
    const job = await client.jobs.get.query({ jobId });
    return isThere(job) ? job : null;
  }, "the job gets there");
}

/** A server of NeoForge, one of Fabric and one of Purpur. */
export async function makeOthers(program: Program, client: Client): Promise<Server[]> {
  const { upstreams, version } = program;
  const place = "net/neoforged/neoforge";
  upstreams.neoforge.add("20.4.999", await buildInstaller({ mode: "args", name: "20.4.999", place }));
  upstreams.fabric.addGame(version);
  upstreams.purpur.addBuild(version, "2222");
  const types = ["neoforge", "fabric", "purpur"] as const;
  await Promise.all(types.map((type) => client.versions.refresh.mutate({ type })));
  return Promise.all(types.map((type) => addServer(program, client, { type, version })));
}
