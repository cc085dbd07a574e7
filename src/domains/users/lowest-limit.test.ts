import { expect, it } from "vitest";
import { noLimits } from "./contract";
import { lowestLimit } from "./lowest-limit";

const limits = (application: number | null, user: number | null) => ({
  application: { ...noLimits, maxServers: application },
  user: { ...noLimits, maxServers: user },
});

it("takes the lowest of the layers that set one, nought included", () => {
  expect(lowestLimit(limits(null, null), "maxServers")).toBeNull();
  expect(lowestLimit(limits(5, null), "maxServers")).toEqual({ layer: "application", max: 5 });
  expect(lowestLimit(limits(5, 3), "maxServers")).toEqual({ layer: "user", max: 3 });
  expect(lowestLimit(limits(2, 3), "maxServers")).toEqual({ layer: "application", max: 2 });
  expect(lowestLimit(limits(2, 0), "maxServers")).toEqual({ layer: "user", max: 0 });
  expect(lowestLimit(limits(2, 3), "maxMemoryMb")).toBeNull();
});
