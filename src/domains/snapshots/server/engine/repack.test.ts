import { randomBytes } from "node:crypto";
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeTree } from "@/test/snapshots/describe-tree";
import { openTestEngine } from "@/test/snapshots/open-test-engine";

it("gives back the room of small files that nobody needs any more, while the others in their pack stay", async () => {
  const on = await openTestEngine();
  try {
    for (let index = 0; index < 200; index++) writeFileSync(join(on.world, `${index}.dat`), randomBytes(10_000));
    await on.take("first");
    for (let index = 20; index < 200; index++) rmSync(join(on.world, `${index}.dat`));
    const tree = describeTree(on.world);
    await on.take("second");
    await on.engine.deleteSnapshot("first");
    await on.engine.collect();
    await on.engine.collect();
    const objects = join(on.root, "objects");
    const sizes = readdirSync(objects, { recursive: true })
      .map((name) => statSync(join(objects, String(name))))
      .filter((stat) => stat.isFile())
      .map(({ size }) => size);
    expect(sizes.length).toBe(1);
    expect(sizes[0]).toBeLessThan(215_000);
    expect((await on.engine.verifySnapshot("second")).isGood).toBe(true);
    await on.engine.close();
    await on.engine.restoreSnapshot({ id: "second", target: join(on.base, "restored") });
    expect(describeTree(join(on.base, "restored"))).toEqual(tree);
  } finally {
    await on.close();
  }
});
