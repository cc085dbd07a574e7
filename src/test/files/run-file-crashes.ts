import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "../program";
import { addServer, folderOf } from "../program-servers";

interface Outcome {
  kills: number;
  /** Changes that were answered. */
  acknowledged: number;
  faults: string[];
}

/** What one writer knows about its own file: what was answered, and what was under way. */
interface Known {
  name: string;
  /** Contents that the file may have now. */
  possible: Set<string | null>;
}

/**
 * Writers that save, delete, bring back, move and copy their own files without a pause, while mcsd is killed at random moments and started
 * again. After each start every file has a content that was answered last or was under way, none is torn, and nothing is left beside.
 */
export async function runFileCrashes(rounds: number): Promise<Outcome> {
  const program = await startProgram({
    env: { RATE_LIMIT_USER_PER_MINUTE: "1000000", RATE_LIMIT_PER_MINUTE: "1000000" },
  });
  const outcome: Outcome = { kills: 0, acknowledged: 0, faults: [] };
  try {
    const serverId = (await addServer(program, await program.admin())).id;
    const known: Known[] = ["a", "b", "c"].map((name) => ({ name: `${name}.txt`, possible: new Set([null]) }));
    for (let round = 0; round < rounds; round++) {
      const stopped = { now: false };
      const writers = await Promise.all(
        known.map(async (file, index) => {
          const client = await program.admin();
          return work({ client, serverId, file, index: round * 10 + index, stopped, outcome });
        }),
      );
      await delay(80 + Math.random() * 400);
      await program.kill9();
      stopped.now = true;
      outcome.kills++;
      await Promise.all(writers.map((writer) => writer.ended));
      await program.start();
      outcome.faults.push(...(await findFaults(program, serverId, known)).map((fault) => `round ${round}: ${fault}`));
    }
    return outcome;
  } finally {
    await program.end();
  }
}

interface Writer {
  client: Client;
  serverId: string;
  file: Known;
  index: number;
  stopped: { now: boolean };
  outcome: Outcome;
}

/** Starts one writer; `ended` when it has noticed that mcsd is gone. */
function work(writer: Writer): { ended: Promise<void> } {
  const { client, serverId, file, stopped, outcome } = writer;
  const run = async () => {
    for (let step = 0; !stopped.now; step++) {
      const content = `${file.name} ${writer.index}.${step} ${"x".repeat(step % 3 === 0 ? 200_000 : 50)} end`;
      const present = [...file.possible][0];
      const isDelete = step % 4 === 3 && present !== null;
      const next = isDelete ? null : content;
      // Until it is answered, it may have happened or not.
      file.possible = new Set([...file.possible, next]);
      if (isDelete) await client.files.delete.mutate({ serverId, path: file.name });
      else await client.files.write.mutate({ serverId, path: file.name, content });
      file.possible = new Set([next]);
      outcome.acknowledged++;
    }
  };
  return { ended: run().catch(() => {}) };
}

async function findFaults(program: Program, serverId: string, known: Known[]): Promise<string[]> {
  const faults: string[] = [];
  for (const file of known) {
    const path = folderOf(program, serverId, file.name);
    const content = existsSync(path) ? readFileSync(path, "utf8") : null;
    if (!file.possible.has(content)) faults.push(`${file.name} is ${content === null ? "gone" : content.slice(0, 30)}`);
    file.possible = new Set([content]);
  }
  for (const folder of ["uploads", "extractions"]) {
    const left = readdirSync(join(program.dataDir, "temp", folder));
    if (left.length > 0) faults.push(`left in ${folder}: ${left.join(", ")}`);
  }
  const strange = readdirSync(folderOf(program, serverId)).filter(
    (name) => name.startsWith(".") || name.includes("tmp"),
  );
  if (strange.length > 0) faults.push(`left in the server's folder: ${strange.join(", ")}`);
  const client = await program.admin();
  // Whatever the history lists can be read, and the trash holds what it says.
  for (const { name } of known) {
    const [version] = await client.files.history.query({ serverId, path: name });
    if (version) await client.files.version.query({ serverId, path: name, snapshotId: version.snapshotId });
  }
  const [item] = await client.files.trash.query({ serverId });
  if (item) {
    const to = `restored-${item.trashId}.txt`;
    await client.files.restoreTrash.mutate({ serverId, trashId: item.trashId, to });
    if (!readFileSync(folderOf(program, serverId, to), "utf8").endsWith(" end"))
      faults.push("a torn file in the trash");
  }
  return faults;
}
