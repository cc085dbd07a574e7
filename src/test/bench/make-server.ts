import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Server } from "@/domains/servers/contract";
import { buildStandIn } from "../stand-in/build-stand-in";
import type { Bench, Live } from "./bench";
import { fakeMajors } from "./fake-programs";

/** `none`: never started. The others are started by one of the fake programs, or by a real Java with the stand-in's jar. */
export type ServerKind = "none" | keyof typeof fakeMajors | "stand-in";

/** Creates a custom server, with a jar if it is to be started. The jar is laid into its folder: the upload is not measured. */
export async function makeServer(
  bench: Pick<Bench, "dataDir">,
  { client }: Live,
  name: string,
  kind: ServerKind,
): Promise<Server> {
  const javaMajor = kind === "starter" || kind === "lineWriter" ? fakeMajors[kind] : null;
  const settings = { name, type: "custom", version: "1.20.4", memoryMb: 256, acceptEula: true, wait: true } as const;
  const made = await client.servers.create.mutate({ ...settings, javaMajor });
  if (!("id" in made)) throw new Error("The server was not returned.");
  const jar = join(bench.dataDir, "servers", made.id, "server.jar");
  if (kind === "stand-in") await copyFile(await buildStandIn(), jar);
  else if (kind !== "none") await writeFile(jar, "not run");
  return made;
}

/** Kills what runs of it and deletes it. */
export async function removeServer({ client }: Live, server: Pick<Server, "id" | "name">): Promise<void> {
  const { state } = await client.servers.get.query({ serverId: server.id });
  if (state !== "stopped") await client.servers.kill.mutate({ serverId: server.id });
  await client.servers.delete.mutate({ serverId: server.id, confirm: server.name, wait: true });
}

/** Runs the work with a server that was made for it and started, and removes it whatever happens. */
export async function withStartedServer<Result>(
  bench: Bench,
  kind: "lineWriter" | "stand-in",
  work: (server: Server) => Promise<Result>,
): Promise<Result> {
  const live = await bench.live();
  const made = await makeServer(bench, live, `Bench ${kind}`, kind);
  try {
    return await work(await live.client.servers.start.mutate({ serverId: made.id, wait: true }));
  } finally {
    await removeServer(live, made);
  }
}
