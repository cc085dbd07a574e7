import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileOperations } from "./files/file-operations";
import { openWalls, type Walls } from "./files/open-walls";
import { runSwapRound } from "./files/swap-rounds";
import { plantNeighbours, tryHostilePaths } from "./files/try-hostile-paths";

let walls: Walls;
let neighbours: string[];
beforeAll(async () => {
  walls = await openWalls();
  neighbours = plantNeighbours(walls);
}, 120_000);
afterAll(() => walls?.program.end());

describe.each(Object.entries(fileOperations))("%s", { timeout: 180_000 }, (name, operation) => {
  it("has no effect outside the server's folder, whatever the path", async () => {
    await tryHostilePaths(walls, { operation, neighbours, every: 1 });
  });

  it("touches nothing outside in a minute beside swappers", async () => {
    const outcome = await runSwapRound(walls, { operation, ms: 60_000 });
    console.log(name, outcome);
    expect(outcome.swaps).toBeGreaterThan(10_000);
  });
});
