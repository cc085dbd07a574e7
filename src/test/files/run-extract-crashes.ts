import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { rawTar } from "../archives/raw-tar";
import { type Program, startProgram } from "../program";
import { addServer, folderOf } from "../program-servers";

const files = 150;

/**
 * Archives that replace every file of a folder are extracted while mcsd is killed at random moments and started again. After each start the
 * folder is the whole old or the whole new one, and nothing is left beside.
 */
export async function runExtractCrashes(rounds: number): Promise<{ kills: number; merges: number; faults: string[] }> {
  const program = await startProgram({
    env: { RATE_LIMIT_USER_PER_MINUTE: "1000000", RATE_LIMIT_PER_MINUTE: "1000000" },
  });
  const outcome = { kills: 0, merges: 0, faults: [] as string[] };
  try {
    const serverId = (await addServer(program, await program.admin())).id;
    const folder = folderOf(program, serverId, "target");
    mkdirSync(folder);
    for (let index = 0; index < files; index++) writeFileSync(join(folder, `${index}.txt`), "round -1");
    let present = "round -1";
    for (let round = 0; round < rounds; round++) {
      const text = `round ${round}`;
      writeFileSync(folderOf(program, serverId, "a.tar"), archiveOf(text, round));
      const client = await program.admin();
      const ended = client.files.extract.mutate({ serverId, path: "a.tar", to: "target", wait: true }).catch(() => {});
      if (round % 2 === 0) await delay(Math.random() * 1500);
      else await untilMoved(folder, text, Math.floor(Math.random() * files));
      await program.kill9();
      outcome.kills++;
      if (isMixed(folder)) outcome.merges++;
      await ended;
      await program.start();
      const found = new Set(readdirSync(folder).flatMap((name) => contentsOf(join(folder, name))));
      const isNew = found.has(text);
      if (found.size !== 1 || !(isNew || found.has(present)))
        outcome.faults.push(`round ${round}: ${[...found].join(", ")}`);
      // A new folder came with all of it, or not at all.
      if (readdirSync(folder).includes(`new-${round}.d`) !== isNew) outcome.faults.push(`round ${round}: half of it`);
      if (isNew) present = text;
      outcome.faults.push(...leftOf(program).map((name) => `round ${round}: left ${name}`));
    }
    return outcome;
  } finally {
    await program.end();
  }
}

function archiveOf(text: string, round: number): Buffer {
  const entries = Array.from({ length: files }, (_, index) => ({ name: `${index}.txt`, content: text }));
  return rawTar([...entries, { name: `new-${round}.d/x`, content: text }]);
}

/** Folders of rounds before keep their texts: they say nothing about this one. */
function contentsOf(path: string): string[] {
  return path.endsWith(".txt") ? [readFileSync(path, "utf8")] : [];
}

function isMixed(folder: string): boolean {
  return new Set(readdirSync(folder).flatMap((name) => contentsOf(join(folder, name)))).size > 1;
}

/** Until this file has been replaced, without leaving the moment to others. */
async function untilMoved(folder: string, text: string, index: number): Promise<void> {
  const path = join(folder, `${[...Array(files).keys()].map((each) => `${each}.txt`).sort()[index]}`);
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if (readFileSync(path, "utf8") === text) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function leftOf({ dataDir }: Program): string[] {
  return ["uploads", "extractions"].flatMap((name) => readdirSync(join(dataDir, "temp", name)));
}
