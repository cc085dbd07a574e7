import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findObstacle } from "./find-obstacle";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "obstacle-"));
  await mkdir(join(folder, "cgroups", "memory"), { recursive: true });
  await writeFile(join(folder, "dockerd"), "", { mode: 0o755 });
});
afterAll(() => rm(folder, { recursive: true }));

async function find({ uid = "0", capabilities = "000001ffffffffff", path = folder, cgroups = "cgroups" } = {}) {
  const status = join(folder, "status");
  await writeFile(status, `Name:\tnode\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nCapEff:\t${capabilities}\n`);
  return findObstacle({ path, status, cgroups: join(folder, cgroups) });
}

it("finds none where everything is allowed", async () => {
  expect(await find()).toBeNull();
});

it("tells a missing program, an ordinary user and a container without rights apart", async () => {
  expect(await find({ path: "/nonexistent" })).toMatchObject({ problem: "no_engine_program" });
  expect(await find({ uid: "1000" })).toMatchObject({
    problem: "not_privileged",
    message: expect.stringContaining("root"),
  });
  // What an engine gives by default (docker run without --privileged).
  expect(await find({ capabilities: "00000000a80425fb" })).toMatchObject({
    problem: "not_privileged",
    message: expect.stringContaining("--privileged"),
  });
});

it("finds control groups that may not be written", async () => {
  expect(await find({ cgroups: "missing" })).toMatchObject({ problem: "not_privileged" });
  await chmod(join(folder, "dockerd"), 0o644);
  expect(await find()).toMatchObject({ problem: "no_engine_program" });
});
