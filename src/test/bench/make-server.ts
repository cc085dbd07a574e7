import { readFile } from "node:fs/promises";
import type { Server } from "@/domains/servers/contract";
import { buildStandIn } from "../stand-in/build-stand-in";
import type { Live } from "./bench";
import { fakeMajors } from "./fake-programs";

/** `none`: never started. The others are started by one of the fake programs, or by a real Java with the stand-in's jar. */
export type ServerKind = "none" | keyof typeof fakeMajors | "stand-in";

/** Creates a custom server, with a jar if it is to be started. */
export async function makeServer({ client, url, token }: Live, name: string, kind: ServerKind): Promise<Server> {
  const javaMajor = kind === "starter" || kind === "lineWriter" ? fakeMajors[kind] : null;
  const settings = { name, type: "custom", version: "1.20.4", memoryMb: 256, acceptEula: true, wait: true } as const;
  const made = await client.servers.create.mutate({ ...settings, javaMajor });
  if (!("id" in made)) throw new Error("The server was not returned.");
  if (kind === "none") return made;
  const jar = kind === "stand-in" ? await readFile(await buildStandIn()) : Buffer.from("not run");
  const answer = await fetch(`${url}/api/servers/${made.id}/files?path=server.jar`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}` },
    body: new Uint8Array(jar),
  });
  if (!answer.ok) throw new Error(`The jar was refused: ${await answer.text()}`);
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
  live: Live,
  kind: "lineWriter" | "stand-in",
  work: (server: Server) => Promise<Result>,
): Promise<Result> {
  const made = await makeServer(live, `Bench ${kind}`, kind);
  try {
    return await work(await live.client.servers.start.mutate({ serverId: made.id, wait: true }));
  } finally {
    await removeServer(live, made);
  }
}
