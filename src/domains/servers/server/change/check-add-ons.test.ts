import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ServerType } from "../../../versions/contract";
import { checkAddOns } from "./check-add-ons";
import { readAddOns } from "./read-add-ons";

const root = mkdtempSync(join(tmpdir(), "add-ons-"));
afterAll(() => rmSync(root, { recursive: true }));

async function jar(path: string, entries: Record<string, string>): Promise<void> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, text] of Object.entries(entries)) await zip.add(name, new Blob([text]).stream());
  writeFileSync(join(root, path), await zip.close());
}
const forgeToml = (range: string) =>
  `modLoader="javafml"\n[[mods]]\nmodId="gears"\n[[dependencies.gears]]\nmodId="minecraft"\nversionRange="${range}"\n`;

beforeAll(async () => {
  mkdirSync(join(root, "plugins"));
  mkdirSync(join(root, "mods"));
  await jar("plugins/old.jar", { "plugin.yml": "name: Old\napi-version: '1.13'\n" });
  await jar("plugins/new.jar", { "paper-plugin.yml": "name: New\napi-version: '1.21.5'\n" });
  await jar("plugins/trick.jar", { "plugin.yml": "a: &a [x]\nb: *a\napi-version: 99\n" });
  await jar("mods/lamp.jar", {
    "fabric.mod.json": JSON.stringify({ id: "lamp", depends: { minecraft: ">=1.21 <1.21.4" } }),
  });
  await jar("mods/gears.jar", { "META-INF/mods.toml": forgeToml("[1.20,1.21)") });
  await jar("mods/broken.jar", { "fabric.mod.json": "{" });
  writeFileSync(join(root, "mods/none.jar"), "no zip at all");
  writeFileSync(join(root, "plugins/notes.txt"), "x");
  symlinkSync("/etc/passwd", join(root, "plugins/link.jar"));
});

const check = async (type: ServerType, version: string) =>
  checkAddOns(await readAddOns(root), { type, version }).map(
    ({ code, params }) => `${code} ${params.count}${params.names ? `: ${params.names}` : ""}`,
  );

it("plugins for a newer server are named, and mods that nobody loads", async () => {
  expect(await check("paper", "1.21.4")).toEqual([
    "mods_unused 4: broken.jar, gears.jar, lamp.jar, none.jar",
    "plugin_needs 1: new.jar",
    "add_ons_unread 1",
  ]);
  expect(await check("paper", "1.21.5")).not.toContain("plugin_needs 1: new.jar");
});

it("mods of another loader and for other versions are named", async () => {
  expect(await check("fabric", "1.21.4")).toEqual([
    "mod_loader 1: gears.jar",
    "mod_needs 1: lamp.jar",
    "plugins_unused 3: new.jar, old.jar, trick.jar",
    "add_ons_unread 1",
  ]);
  expect(await check("fabric", "1.21.3")).not.toContain("mod_needs 1: lamp.jar");
  expect(await check("forge", "1.21.1")).toContain("mod_needs 1: gears.jar");
  expect(await check("forge", "1.20.4")).not.toContain("mod_needs 1: gears.jar");
});
