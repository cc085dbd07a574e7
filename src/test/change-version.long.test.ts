import { spawnSync } from "node:child_process";
import { mkdir, readdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addChangeable, newVersion, offerNewVersion } from "./change-cases";
import { type OutcomeName, outcomes, tryOutcomes } from "./change-outcomes";
import { startProgram } from "./program";
import { folderOf } from "./program-servers";
import { describeServer } from "./snapshots/program-snapshots";

const mebibyte = 1024 * 1024;
const canMount = process.getuid?.() === 0 && process.platform === "linux";

describe("every outcome", () => {
  tryOutcomes(Object.keys(outcomes) as OutcomeName[]);
});

describe.skipIf(!canMount)("a small disk", () => {
  it("a new version that fills it is put back all the same; where there is no room nothing is begun", {
    timeout: 180_000,
  }, async () => {
    const program = await startProgram({ env: { UPGRADE_HEALTHY_SECONDS: "1" } });
    const servers = join(program.dataDir, "servers");
    try {
      spawnSync("mount", ["-t", "tmpfs", "-o", "size=96m,mode=711", "none", servers]);
      await mkdir(join(servers, ".restores"), { mode: 0o700 });
      const admin = await program.admin();
      await offerNewVersion(program, admin);
      const full = { "crash.at.start": "fill" };
      const { id: serverId } = await addChangeable(program, admin, { newBehaviour: full });
      await writeFile(folderOf(program, serverId, "world", "region", "r.9.9.mca"), Buffer.alloc(20 * mebibyte, "x"));
      const tree = describeServer({ program, serverId });
      const target = { serverId, type: "vanilla", version: newVersion, wait: true } as const;
      const error = { code: "CHANGE_PUT_BACK", details: { reason: "ended" } };
      await expect(admin.servers.changeVersion.mutate(target)).rejects.toMatchObject({ data: { error } });
      expect(describeServer({ program, serverId })).toEqual(tree);
      expect(await admin.servers.get.query({ serverId })).toMatchObject({ version: program.version, state: "stopped" });

      const { bavail, bsize } = await statfs(servers);
      await writeFile(join(servers, "filler"), Buffer.alloc(bavail * bsize - 10 * mebibyte));
      const report = await admin.servers.checkChange.query({ serverId, type: "vanilla", version: newVersion });
      expect(report.findings).toMatchObject([{ code: "disk_space", severity: "block" }]);
      await rm(join(servers, "filler"));
      expect((await readdir(servers)).sort()).toEqual([".restores", serverId]);
    } finally {
      spawnSync("umount", ["-l", servers]);
      await program.end();
    }
  });
});
