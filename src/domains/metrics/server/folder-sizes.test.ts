import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createFolderSizes } from "./folder-sizes";

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "mcsd-sizes-"));
});
afterEach(() => rm(base, { recursive: true }));

it("measures each folder once, again after ten minutes, and forgets who is not asked for", async () => {
  let minutes = 0;
  const sizes = createFolderSizes(
    (id) => join(base, id),
    () => minutes * 60_000,
  );
  for (const [id, bytes] of [["a", 1000] as const, ["b", 20] as const]) {
    await mkdir(join(base, id));
    await writeFile(join(base, id, "file"), Buffer.alloc(bytes));
  }
  expect(sizes.of("a")).toBeNull();
  sizes.keep(["a", "b"]);
  await vi.waitFor(() => expect([sizes.of("a"), sizes.of("b")]).toEqual([1000, 20]));
  await writeFile(join(base, "a", "more"), Buffer.alloc(500));
  minutes = 9;
  sizes.keep(["a", "b"]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(sizes.of("a")).toBe(1000);
  minutes = 10;
  sizes.keep(["a"]);
  await vi.waitFor(() => expect(sizes.of("a")).toBe(1500));
  expect(sizes.of("b")).toBeNull();
});
