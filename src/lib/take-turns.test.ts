import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { takeTurns } from "./take-turns";

it("lets one after the other in, whatever became of the one before, and others meanwhile", async () => {
  const inTurn = takeTurns();
  const seen: string[] = [];
  const work = (name: string, ms: number) => async () => {
    seen.push(`${name} begins`);
    await delay(ms);
    seen.push(`${name} ends`);
    if (name === "fails") throw new Error("as it should");
    return name;
  };
  const first = inTurn("a", work("fails", 20));
  const second = inTurn("a", work("second", 1));
  const other = inTurn("b", work("other", 1));
  await expect(first).rejects.toThrow("as it should");
  expect(await Promise.all([second, other])).toEqual(["second", "other"]);
  expect(seen.slice(0, 2)).toEqual(["fails begins", "other begins"]);
  expect(seen.filter((line) => !line.startsWith("other"))).toEqual([
    "fails begins",
    "fails ends",
    "second begins",
    "second ends",
  ]);
});
