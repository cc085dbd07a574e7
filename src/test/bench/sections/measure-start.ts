import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Bench } from "../bench";
import type { Figure } from "../figure";
import { makeServer, removeServer } from "../make-server";
import { median } from "../statistics";

/** From the request for a start to the first action of the program started, against a bare spawn of the same program. */
export async function measureStart(bench: Bench): Promise<Figure[]> {
  const live = await bench.live();
  const server = await makeServer(bench, live, "Bench start", "starter");
  const toExec: number[] = [];
  const toAnswer: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = bench.options.rounds ?? 15; round > 0; round--) {
      bare.push(await spawnBare(bench));
      const exec = bench.fakes.started.next();
      const askedAt = performance.now();
      await live.client.servers.start.mutate({ serverId: server.id });
      toAnswer.push(performance.now() - askedAt);
      toExec.push((await exec) - askedAt);
      await live.client.servers.kill.mutate({ serverId: server.id });
    }
  } finally {
    await removeServer(live, server);
  }
  const common = { unit: "ms", reference: median(bare), measure: "difference" } as const;
  return [
    {
      ...common,
      name: "start request to the process",
      ours: median(toExec),
      goal: { kind: "at most", value: 50 },
      note: "to the first action of a shell script that stands for java, started by mcsd or by a bare spawn",
    },
    { ...common, name: "start request to its answer", ours: median(toAnswer), goal: null },
  ];
}

async function spawnBare({ fakes, dataDir }: Bench): Promise<number> {
  const exec = fakes.started.next();
  const spawnedAt = performance.now();
  const child = spawn(fakes.starter, ["-jar", "server.jar", "nogui"], {
    cwd: dataDir,
    stdio: "ignore",
    detached: true,
  });
  const startedAt = await exec;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  return startedAt - spawnedAt;
}
