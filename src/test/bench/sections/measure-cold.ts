import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Bench } from "../bench";
import { ensureListedServers } from "../ensure-listed-servers";
import type { Figure } from "../figure";
import { median } from "../statistics";

const nextAlone = `const next = require("next");
next({ dev: false, dir: process.cwd(), customServer: true }).prepare().then(() => process.exit(0));`;

/** From the spawn of mcsd to its first healthy answer, on existing data. */
export async function measureCold(bench: Bench): Promise<Figure[]> {
  await ensureListedServers(bench);
  const ours: number[] = [];
  const bareNode: number[] = [];
  const bareNext: number[] = [];
  for (let round = bench.options.rounds ?? 5; round > 0; round--) {
    await bench.stop();
    bareNode.push(await timeOf(bench.root, "0"));
    bareNext.push(await timeOf(bench.root, nextAlone));
    ours.push((await bench.live()).readyMs);
  }
  const common = { unit: "ms", ours: median(ours), measure: "ratio" } as const;
  return [
    {
      ...common,
      name: "cold start with existing data",
      reference: null,
      measure: "value",
      goal: { kind: "at most", value: 1200 },
      note: "mcsd with its embedded database and 50 servers, to the first 200 of /api/v1/health",
    },
    { ...common, name: "cold start against node -e 0", reference: median(bareNode), goal: null },
    {
      ...common,
      name: "cold start against Next alone",
      reference: median(bareNext),
      goal: null,
      note: "the reference prepares a custom server on the same build, and ends",
    },
  ];
}

async function timeOf(cwd: string, script: string): Promise<number> {
  const startedAt = performance.now();
  const env = { PATH: process.env.PATH, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  const [code] = await once(spawn(process.execPath, ["-e", script], { cwd, env, stdio: "inherit" }), "exit");
  if (code !== 0) throw new Error("The reference of the cold start failed.");
  return performance.now() - startedAt;
}
