import { expect, it } from "vitest";
import { LiveHistory } from "./live-history";

it("keeps the newest sixty samples of each server", () => {
  const history = new LiveHistory();
  for (let at = 0; at < 70; at += 1) history.push("a", { cpu: at, memoryBytes: at });
  expect(history.of("a")).toHaveLength(60);
  expect(history.of("a").at(0)?.cpu).toBe(10);
  expect(history.of("b")).toEqual([]);
});

it("gives the same array until something changes, and tells only who watches that server", () => {
  const history = new LiveHistory();
  const told: string[] = [];
  const stop = history.subscribe("a", () => told.push("a"));
  history.subscribe("b", () => told.push("b"));
  expect(history.of("a")).toBe(history.of("a"));
  history.push("a", { cpu: 0.5, memoryBytes: 1 });
  stop();
  history.push("a", { cpu: 0.6, memoryBytes: 1 });
  expect(told).toEqual(["a"]);
});
