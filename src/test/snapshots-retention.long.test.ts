import { expect, it } from "vitest";
import { crashRetention } from "./snapshots/crash-retention";

it("survives kill -9 at a hundred random moments of retention", async () => {
  const ends = await crashRetention(100, 60);
  const count = (end: string) => ends.filter((one) => one === end).length;
  console.log(
    `100 ends of retention: ${count("untouched")} before it, ${count("half")} in it, ${count("whole")} after it`,
  );
  expect(count("half")).toBeGreaterThan(0);
});
