import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openContained } from "@/server/fs/contained/folder";
import { readEntries } from "./list-files";

it("a part is full as long as there is more, also when entries vanish between their names and a look at them", async () => {
  const root = await mkdtemp(join(tmpdir(), "mcsd-list-"));
  const folder = await openContained(root);
  try {
    const names = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(3, "0")}.txt`);
    for (const name of names) await writeFile(join(root, name), "");
    // Two in three are gone when they are looked at, and a whole batch at the beginning.
    const kept = names.filter((_, index) => index >= 100 && index % 3 === 0);
    for (const name of names) if (!kept.includes(name)) await rm(join(root, name));
    const read = async (limit: number) =>
      (await readEntries(folder, { path: "", names, limit })).map((entry) => entry.name);
    expect(await read(20)).toEqual(kept.slice(0, 20));
    expect(await read(1)).toEqual(kept.slice(0, 1));
    expect(await read(1000)).toEqual(kept);
  } finally {
    await folder.close();
    await rm(root, { recursive: true });
  }
});
