import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { findProgram } from "./find-program";

let folder: string | null = null;
afterEach(async () => {
  if (folder) await rm(folder, { recursive: true });
});

async function withFiles(...files: string[]): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), "mcsd-find-program-"));
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), "x");
  }
  return folder;
}
const look = async (...files: string[]) => findProgram(await withFiles(...files), "unix_args.txt");

it.each([
  ["net/minecraftforge/forge/1.20.1-47.4.10", "run.sh", "forge-1.20.4-49.0.3-shim.jar"],
  ["net/neoforged/neoforge/21.1.248", "run.sh"],
  ["net/neoforged/forge/1.20.1-47.1.106", "run.sh"],
])("finds the file of arguments in libraries/%s", async (place, ...others) => {
  const file = `libraries/${place}/unix_args.txt`;
  expect(await look(file, `libraries/${place}/win_args.txt`, ...others)).toEqual({ kind: "args", files: [file] });
});

it("takes the newest of several, by number", async () => {
  const at = (version: string) => `libraries/net/minecraftforge/forge/${version}/unix_args.txt`;
  expect(await look(at("1.20.1-47.4.9"), at("1.20.1-47.4.10"))).toEqual({
    kind: "args",
    files: [at("1.20.1-47.4.10")],
  });
});

it.each(["forge-1.16.5-36.2.42.jar", "forge-1.7.10-10.13.4.1614-1.7.10-universal.jar"])("finds %s", async (jar) => {
  expect(await look(jar, "minecraft_server.1.16.5.jar", "forge-1.16.5-36.2.42-installer.jar")).toEqual({
    kind: "jar",
    file: jar,
  });
});

it("finds nothing where there is nothing, and follows no link", async () => {
  expect(await look("readme.txt", "forge-1.20.4-49.0.3-shim.jar", "forge-x-installer.jar")).toBeNull();
  const root = await withFiles("elsewhere/1.20.1-47.4.10/unix_args.txt", "libraries/net/minecraftforge/x", "real.jar");
  await symlink(join(root, "elsewhere"), join(root, "libraries/net/minecraftforge/forge"));
  await symlink(join(root, "real.jar"), join(root, "forge-1.16.5-36.2.42.jar"));
  await mkdir(join(root, "forge-1.16.5-36.2.41.jar"));
  expect(await findProgram(root, "unix_args.txt")).toBeNull();
});

it("takes no name that would be more than one argument", async () => {
  expect(
    await look("libraries/net/minecraftforge/forge/1.2 -javaagent:x/unix_args.txt", "forge-1 -cp x.jar"),
  ).toBeNull();
});
