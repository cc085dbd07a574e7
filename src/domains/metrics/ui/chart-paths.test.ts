import { expect, it } from "vitest";
import { chartPaths } from "./chart-paths";

const box = { width: 40, height: 11, top: 100 };

it("puts each point into the middle of its stretch and scales to the top", () => {
  const { line, area } = chartPaths([0, 50, 100, 250], box);
  expect(line).toBe("M5 10.5L15 5.5L25 0.5L35 0.5");
  expect(area).toBe("M5 10.5L15 5.5L25 0.5L35 0.5L35 10.5L5 10.5Z");
});

it("draws a gap as a gap, and a value alone as a dot", () => {
  expect(chartPaths([0, 0, null, 100], box).line).toBe("M5 10.5L15 10.5M35 0.5h0.01");
  expect(chartPaths([null, 0, null, null], box)).toEqual({ line: "M15 10.5h0.01", area: "" });
  expect(chartPaths([null, null], box)).toEqual({ line: "", area: "" });
});
