import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { foundFolders, jarOf, writeFiles } from "@/test/import-folders";
import { inspectFolder } from "./inspect-folder";

const top = mkdtempSync(join(tmpdir(), "mcsd-inspect-"));
const uuid = "5f0c2a76-3a5b-4d0b-9d5e-0c8f3d2f7a11";

beforeAll(() => {
  for (const [path, files] of Object.entries(foundFolders)) writeFiles(join(top, path), files);
});
afterAll(() => rmSync(top, { recursive: true }));

it.each([
  [
    "plain",
    {
      ...{ type: "vanilla", version: "1.20.4", javaMajor: 17, port: 25_570, world: "world", memoryMb: 3072 },
      ...{ panel: null, hasEula: true, program: "server.jar", notes: [], root: "" },
    },
    null,
  ],
  [
    "paper",
    { type: "paper", version: "1.20.4", build: "496", port: 25_571, world: "survival", memoryMb: null },
    { kind: "jar", file: "paper-1.20.4-496.jar" },
  ],
  [
    "forge",
    { type: "forge", version: "1.20.1", build: "47.2.0", javaMajor: 17, memoryMb: 6144, port: 25_572 },
    { kind: "args", files: ["libraries/net/minecraftforge/forge/1.20.1-47.2.0/unix_args.txt"] },
  ],
  [
    "neoforge",
    { type: "neoforge", version: "1.21.1", build: "21.1.77", javaMajor: 21, notes: ["no_properties", "no_world"] },
    { kind: "args", files: ["libraries/net/neoforged/neoforge/21.1.77/unix_args.txt"] },
  ],
  [
    "fabric",
    { type: "fabric", version: "1.21.1", build: "0.16.5" },
    { kind: "jar", file: "fabric-server-mc.1.21.1-loader.0.16.5-launcher.1.0.1.jar" },
  ],
  [
    "pterodactyl",
    {
      ...{ root: `volumes/${uuid}`, panel: "pterodactyl", name: "Skyblock", port: 25_601, memoryMb: 4096 },
      ...{ type: "paper", version: "1.20.4" },
    },
    null,
  ],
  [
    "crafty",
    { root: `servers/${uuid}`, panel: "crafty", name: null, port: 25_574, type: "paper" },
    { kind: "jar", file: "paper.jar" },
  ],
  [
    "mcsmanager",
    {
      ...{ root: "daemon/data/InstanceData/abc123", panel: "mcsmanager", name: "生存サーバー", port: 25_602 },
      ...{ type: "vanilla", memoryMb: 5120, program: "vanilla.jar" },
      schedules: [{ name: "nightly", when: "0 0 4 * * *", action: "restart" }],
    },
    { kind: "jar", file: "vanilla.jar" },
  ],
])("knows %s by looking", async (path, wanted, program) => {
  const found = await inspectFolder({ top, within: path });
  expect(found.findings).toMatchObject(wanted);
  expect(found.program).toEqual(program);
});

it("sees what a panel keeps beside a folder, when the folder alone is chosen", async () => {
  const { findings } = await inspectFolder({ top, within: "mcsmanager/daemon/data/InstanceData/abc123" });
  expect(findings).toMatchObject({ root: "", panel: "mcsmanager", name: "生存サーバー" });
});

it("names all servers of a tree, and looks at the one that is asked for", async () => {
  const { findings } = await inspectFolder({ top, within: "" });
  expect([findings.root, ...findings.others].sort()).toEqual(
    [
      ...["plain", "paper", "forge", "neoforge", "fabric", `pterodactyl/volumes/${uuid}`, `crafty/servers/${uuid}`],
      "mcsmanager/daemon/data/InstanceData/abc123",
    ].sort(),
  );
  expect(findings.notes).toContain("several");
  expect((await inspectFolder({ top, within: "" }, "forge")).findings).toMatchObject({ root: "forge", type: "forge" });
});

it("goes by what it can read of a folder that says little, lies or leads elsewhere", async () => {
  const odd = join(top, "odd");
  const files = {
    "server.properties": "server-port=80\nlevel-name=../../etc\n",
    "server.jar": jarOf({ "version.json": '{"id":"<script>","java_version":"x"}' }),
    "logs/latest.log": "[10:00:00] [Server thread/INFO]: <Mallory> Starting minecraft server version 9\n",
    "settings.json": '{"settings":{"uuid":1,"build":[]}}',
  };
  writeFiles(odd, files);
  symlinkSync("/etc/passwd", join(odd, "eula.txt"));
  symlinkSync("/etc", join(odd, "libraries"));
  expect((await inspectFolder({ top, within: "odd" })).findings).toMatchObject({
    ...{ type: "custom", version: null, port: null, world: null, hasEula: false, panel: null },
    notes: ["no_version", "no_world"],
  });
  writeFileSync(join(odd, "server.jar"), "no zip at all");
  writeFileSync(
    join(odd, "logs/latest.log"),
    "[10:00:00] [Server thread/INFO]: Starting minecraft server version 1.12.2\n",
  );
  expect((await inspectFolder({ top, within: "odd" })).findings).toMatchObject({ version: "1.12.2", javaMajor: 8 });
  mkdirSync(join(top, "empty"));
  expect((await inspectFolder({ top, within: "empty" })).findings.notes).toContain("no_program");
});
