import { link, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { measureFolder } from "./measure-folder";

let base: string;
let folder: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "mcsd-measure-"));
  folder = join(base, "server");
  await mkdir(join(folder, "world", "region"), { recursive: true });
  await writeFile(join(folder, "server.jar"), Buffer.alloc(1000));
  await writeFile(join(folder, "world", "region", "r.0.0.mca"), Buffer.alloc(20_000));
  await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]), Buffer.alloc(5));
});
afterAll(() => rm(base, { recursive: true, force: true }));

const all = { enough: Number.POSITIVE_INFINITY };

it("adds up what the files hold, whatever their names, and nothing outside", async () => {
  await writeFile(join(base, "secret"), Buffer.alloc(99_999));
  await mkdir(join(base, "outside"));
  await writeFile(join(base, "outside", "more"), Buffer.alloc(99_999));
  await symlink(join(base, "secret"), join(folder, "link"));
  await symlink(join(base, "outside"), join(folder, "folder-link"));
  await symlink(folder, join(folder, "world", "round"));
  expect(await measureFolder(folder, all)).toMatchObject({ bytes: 21_005, isComplete: true });
  expect(await measureFolder(join(base, "nothing"), all)).toMatchObject({ bytes: 0, isComplete: true });
  expect(await measureFolder(join(folder, "folder-link"), all)).toMatchObject({ bytes: 0, isComplete: true });
});

it("counts a file with holes as large as it says it is", async () => {
  const sparse = join(base, "sparse");
  await mkdir(sparse);
  await writeFile(join(sparse, "holes"), "");
  await truncate(join(sparse, "holes"), 3_000_000_000);
  await link(join(sparse, "holes"), join(sparse, "again"));
  expect(await measureFolder(sparse, all)).toMatchObject({ bytes: 6_000_000_000, isComplete: true });
});

it("stops when it has seen enough, and says that there is more", async () => {
  expect(await measureFolder(folder, { enough: 500 })).toMatchObject({ isComplete: false });
  const many = join(base, "many");
  await mkdir(many);
  for (let index = 0; index < 100; index++) await writeFile(join(many, `${index}`), "x");
  const { bytes, isComplete } = await measureFolder(many, { ...all, maxEntries: 40 });
  expect({ isComplete, isEarly: bytes < 100 }).toEqual({ isComplete: false, isEarly: true });
});

it("does not follow folders inside each other without end", async () => {
  const deep = join(base, "deep");
  const path = join(deep, ...Array.from({ length: 205 }, () => "d"));
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "bottom"), "x");
  expect(await measureFolder(deep, all)).toMatchObject({ bytes: 0, isComplete: false });
});
