import { expect, it } from "vitest";
import type { MetricHistory } from "../contract";
import { appendSample } from "./append-sample";

const start = Date.parse("2026-05-04T10:00:00Z");
const at = (index: number) => new Date(start + index * 15_000);
const history: MetricHistory<"cpu" | "tps"> = {
  range: "1h",
  from: at(0),
  stepSeconds: 15,
  points: 4,
  series: { cpu: { average: [1, 2, null, null], peak: null }, tps: null },
  latest: null,
};

it("fills the place of the sample, and leaves what was not there a gap", () => {
  const next = appendSample(history, at(3), { cpu: 5, tps: null });
  const latest = { cpu: 5, tps: null };
  expect(next).toEqual({ ...history, latest, series: { cpu: { average: [1, 2, null, 5], peak: null }, tps: null } });
  expect(history.series.cpu?.average).toEqual([1, 2, null, null]);
});

it("moves on with the time", () => {
  const next = appendSample(history, at(5), { cpu: 5, tps: 20 });
  expect(next?.from).toEqual(at(2));
  expect(next?.series.cpu?.average).toEqual([null, null, null, 5]);
  expect(next?.series.tps?.average).toEqual([null, null, null, 20]);
  expect(appendSample(history, at(900), { cpu: 5, tps: null })?.series.cpu?.average).toEqual([null, null, null, 5]);
});

it("knows a sample from before", () => {
  expect(appendSample(history, at(-1), { cpu: 5, tps: null })).toBeNull();
});
