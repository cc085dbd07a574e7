import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { addChangeable, newVersion, offerNewVersion, setNewBehaviour, steadyPart } from "./change-cases";
import { startProgram } from "./program";
import { findRemainders } from "./program-remainders";
import { findJvms } from "./program-servers";
import { until } from "./program-until";
import { describeServer } from "./snapshots/program-snapshots";

const rounds = 50;

it("kill -9 at fifty random moments: the old version with the old world, or the new one", {
  timeout: 1_800_000,
}, async () => {
  const program = await startProgram({ env: { UPGRADE_HEALTHY_SECONDS: "1", UPGRADE_BOOT_TIMEOUT_SECONDS: "30" } });
  try {
    const admin = await program.admin();
    await offerNewVersion(program, admin);
    const { id: serverId, tree } = await addChangeable(program, admin, { isRunning: true });
    const worldOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith("world/region"));
    const ends: Record<string, number> = {};
    for (let round = 0; round < rounds; round++) {
      const isBad = round % 2 === 1;
      await setNewBehaviour(program, serverId, isBad ? { "crash.at.start": "ruin" } : {});
      const changing = admin.servers.changeVersion
        .mutate({ serverId, type: "vanilla", version: newVersion, wait: true })
        .catch(() => null);
      await delay(Math.random() * 8000);
      await program.kill9();
      await changing;
      await program.start();
      const server = await until(
        async () => {
          const now = await admin.servers.get.query({ serverId });
          const { items } = await admin.jobs.list.query({ active: true });
          return now.state === "running" && items.length === 0 ? now : null;
        },
        `round ${round}: all is at rest and the server runs`,
        120_000,
      );
      const isNew = server.version === newVersion;
      if (isBad) expect(isNew).toBe(false);
      expect(worldOf(describeServer({ program, serverId }))).toEqual(worldOf(steadyPart(tree)));
      expect(await findJvms(program, serverId)).toHaveLength(1);
      expect(await findRemainders(program)).toEqual([]);
      const end = `${isBad ? "bad" : "good"}: ${isNew ? "new" : "old"}`;
      ends[end] = (ends[end] ?? 0) + 1;
      if (isNew) await admin.servers.undoChange.mutate({ serverId, wait: true });
      await until(async () => (await admin.servers.get.query({ serverId })).state === "running", "it runs again");
      expect((await admin.servers.get.query({ serverId })).version).toBe(program.version);
    }
    console.log(ends);
  } finally {
    await program.end();
  }
});
