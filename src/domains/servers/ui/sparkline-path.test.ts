import { expect, it } from "vitest";
import { sparklinePath } from "./sparkline-path";

const box = { width: 30, height: 11, max: 100, capacity: 4 };

it("spans the width and scales to the top", () => {
  expect(sparklinePath([0, 50, 100, 0], box).line).toBe("M0 10.5L10 5.5L20 0.5L30 10.5");
});

it("starts at the right edge while there are few samples, and keeps only the newest", () => {
  expect(sparklinePath([0, 100], box).line).toBe("M20 10.5L30 0.5");
  expect(sparklinePath([7, 7, 0, 50, 100, 0], box).line).toBe("M0 10.5L10 5.5L20 0.5L30 10.5");
});

it("interrupts the line where the server was not running", () => {
  expect(sparklinePath([0, 0, null, 100], box).line).toBe("M0 10.5L10 10.5");
  expect(sparklinePath([null, null], box)).toEqual({ line: "", area: "" });
});

it("keeps values above the top inside the box, and closes the area at the bottom", () => {
  const { line, area } = sparklinePath([250, 250], { ...box, capacity: 2 });
  expect(line).toBe("M0 0.5L30 0.5");
  expect(area).toBe("M0 0.5L30 0.5L30 10.5L0 10.5Z");
});
