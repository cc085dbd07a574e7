import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeTree } from "@/test/snapshots/describe-tree";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";

const hasTools = ["bash", "zstd", "jq", "sha256sum"].every((tool) => spawnSync(tool, ["--version"]).status === 0);
const page = readFileSync(join(import.meta.dirname, "../../../../../docs/snapshot-format.md"), "utf8");
const recipe = /```bash\n([\s\S]*?)```/.exec(page)?.[1] ?? "";

let on: TestEngine;
beforeEach(async () => {
  on = await openTestEngine();
  writeFileSync(join(on.base, "restore.sh"), recipe);
});
afterEach(() => on.close());

const restore = () =>
  spawnSync("bash", [join(on.base, "restore.sh"), on.root, "second", join(on.base, "restored")], { encoding: "utf8" });

describe.skipIf(!hasTools)("the recipe on the page about the format", () => {
  it("restores a snapshot without mcsd, to the nanosecond", { timeout: 60_000 }, async () => {
    const at = (...parts: string[]) => join(on.world, ...parts);
    mkdirSync(at("a", "empty"), { recursive: true });
    writeFileSync(at("a", "r.0.0.mca"), randomBytes(5_000_000));
    for (let index = 0; index < 20; index++) writeFileSync(at(`${index}.json`), `{"n":${index}}`);
    await on.take("first");
    writeFileSync(at("nothing"), "");
    writeFileSync(at("later"), "a pack of its own");
    writeFileSync(at("caf\u00e9"), "composed");
    writeFileSync(at("cafe\u0301"), "decomposed");
    writeFileSync(at("new\nline\n"), "odd");
    writeFileSync(at(" spaces \\ and 'quotes' $HOME *"), "odd");
    writeFileSync(Buffer.concat([Buffer.from(`${on.world}/`), Buffer.from([0x66, 0xff, 0xfe])]), "raw name");
    symlinkSync("a/r.0.0.mca", at("link"));
    const fd = openSync(at("sparse"), "w");
    ftruncateSync(fd, 30_000_000);
    closeSync(fd);
    chmodSync(at("later"), 0o600);
    chmodSync(at("a", "empty"), 0o500);
    utimesSync(at("a"), 1_234_567_890, 1_234_567_890);
    await on.take("second");
    await on.engine.close();

    expect(restore()).toMatchObject({ status: 0, stderr: "" });
    const restored = join(on.base, "restored");
    expect(describeTree(restored)).toEqual(describeTree(on.world));
    expect(statSync(join(restored, "sparse")).blocks).toBeLessThan(1000);
    for (const name of ["later", "a"]) {
      const times = [on.world, restored].map((root) => statSync(join(root, name), { bigint: true }).mtimeNs);
      expect(times[0]).toBe(times[1]);
    }
  });

  it("notices damage", async () => {
    writeFileSync(join(on.world, "region"), randomBytes(300_000));
    await on.take("second");
    const manifest = join(on.root, "second", "manifest.json");
    const good = readFileSync(manifest);
    chmodSync(manifest, 0o600);
    writeFileSync(manifest, good.toString().replace('"mode":"0644"', '"mode":"0666"'));
    expect(restore()).toMatchObject({ status: 1, stderr: expect.stringContaining("the manifest is damaged") });
    rmSync(join(on.base, "restored"), { recursive: true });
    writeFileSync(manifest, good);
    const [name] = readdirSync(join(on.root, "objects"), { recursive: true })
      .map(String)
      .filter((found) => /zst$/.test(found));
    const object = join(on.root, "objects", name ?? "");
    const bytes = readFileSync(object);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    chmodSync(object, 0o600);
    writeFileSync(object, bytes);
    expect(restore().status).toBe(1);
  });
});
