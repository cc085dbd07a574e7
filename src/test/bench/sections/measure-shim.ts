import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readLaunchStatus } from "@/domains/launch/server/host/read-launch-status";
import type { Bench, Live } from "../bench";
import type { Figure } from "../figure";
import { makeServer, removeServer } from "../make-server";
import { readPssMb } from "../process-facts";
import { median } from "../statistics";

/** Memory that a running server costs beside its own process: the launcher that waits for its end. */
export async function measureShim(bench: Bench): Promise<Figure[]> {
  const live = await bench.live();
  const sizes: number[] = [];
  const bare: number[] = [];
  for (let round = bench.options.rounds ?? 3; round > 0; round--) {
    sizes.push(await sizeOfLauncher(bench, live));
    bare.push(await sizeOfShell());
  }
  return [
    {
      name: "memory (PSS) beside a server's own process",
      unit: "MiB",
      ours: median(sizes),
      reference: median(bare),
      measure: "value",
      goal: { kind: "at most", value: 5 },
      note: "the reference is a shell that waits for input",
    },
  ];
}

async function sizeOfLauncher(bench: Bench, live: Live): Promise<number> {
  const server = await makeServer(bench, live, "Bench launcher", "starter");
  try {
    await live.client.servers.start.mutate({ serverId: server.id });
    const status = await readLaunchStatus(join(bench.dataDir, "run", server.id, "status"));
    if (!status?.launcher) throw new Error("The server has no launcher.");
    return readPssMb(status.launcher.pid);
  } finally {
    await removeServer(live, server);
  }
}

async function sizeOfShell(): Promise<number> {
  const child = spawn("/bin/sh", ["-c", "read line; echo $line"], { stdio: ["pipe", "ignore", "inherit"] });
  await sleep(200);
  const size = readPssMb(child.pid ?? 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  return size;
}
