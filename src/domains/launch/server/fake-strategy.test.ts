import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFakeStrategy } from "./fake-strategy";
import { describeLaunchStrategy } from "./launch-contract";

describeLaunchStrategy("fake", async () => {
  const runRoot = await mkdtemp(join(tmpdir(), "fake-strategy-"));
  const strategy = createFakeStrategy({ runRoot });
  const behaviours = new Map<string, { ignoresStop?: boolean; ignoresTerm?: boolean }>();
  strategy.onStart = (process) => {
    Object.assign(process, behaviours.get(process.spec.serverId));
    process.emit("Done (0.1s)!");
  };
  return {
    readyText: "Done (",
    open: () => strategy,
    newServer: async (behaviour = {}) => {
      const serverId = randomUUID();
      behaviours.set(serverId, behaviour);
      const command = { javaPath: "/usr/bin/java", jvmArgs: [], programArgs: ["-jar", "server.jar"] };
      return { serverId, folder: join(runRoot, serverId), ...command, memoryMb: 64, gamePort: 25565, uid: null };
    },
    readLog: (serverId) => readFile(join(runRoot, serverId, "console.log"), "utf8").catch(() => ""),
    countProcesses: async (spec) => (strategy.running(spec.serverId) ? 1 : 0),
    close: () => rm(runRoot, { recursive: true, force: true }),
  };
});
