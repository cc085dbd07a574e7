import { expect, it } from "vitest";
import { parseForgeTps, parsePaperMspt, parsePaperTps, parseTickQuery } from "./tick-report";

/** Vanilla's RCON puts nothing between its messages. */
const query = (state: string, rate: string, ms: string) =>
  `The game is ${state}Target tick rate: ${rate} per second.\nAverage time per tick: ${ms}ms (Target: 50.0ms)Percentiles: P50: 1.9ms P95: 3.4ms P99: 5.0ms. Sample: 100`;

it("reads vanilla's answer in every state", () => {
  expect(parseTickQuery(query("running normally", "20.0", "2.1"))).toEqual({ tps: 20, mspt: 2.1 });
  const lagging = query("running, but can't keep up with the target tick rate", "20.0", "80.0");
  expect(parseTickQuery(lagging)).toEqual({ tps: 12.5, mspt: 80 });
  expect(parseTickQuery(query("frozen", "20.0", "0.4"))).toEqual({ tps: 0, mspt: 0.4 });
  expect(parseTickQuery(query("running normally", "40,0", "2,5"))).toEqual({ tps: 40, mspt: 2.5 });
  const sprinting =
    "The game is sprintingTarget tick rate: 20.0 per second (ignored, reference only).\nAverage time per tick: 2.0ms";
  expect(parseTickQuery(sprinting)).toEqual({ tps: 500, mspt: 2 });
  expect(
    parseTickQuery("The game is running normallyTarget tick rate: 20.0 per second.\nAverage time per tick: 0.0ms"),
  ).toEqual({
    tps: 20,
    mspt: 0,
  });
});

it("reads Paper's answers with their colours", () => {
  expect(parsePaperTps("§6TPS from last 1m, 5m, 15m: §a20.0, §a19.5, §a19.0")).toBe(20);
  expect(parsePaperTps("§6TPS from last 1m, 5m, 15m: §a*20.0, §a20.0, §a20.0")).toBe(20);
  expect(parsePaperTps("§6TPS from last 5s, 1m, 5m, 15m: §e17,32, §a20.0, §a20.0, §a20.0")).toBe(17.32);
  const head = "§6Server tick times §e(§7avg§e/§7min§e/§7max§e)§6 from last 5s§7,§6 10s§7,§6 1m§e:";
  expect(parsePaperMspt(`${head}\n§6◴ §a1.2§7/§a0.9§7/§a3.4§e, §a1.3§7/§a0.8§7/§a4.0`)).toBe(1.2);
  expect(parsePaperMspt(`${head}§6◴ §c61,5§7/§a0.9§7/§a3.4`)).toBe(61.5);
});

it("reads Forge's overall figures, whatever stands before them", () => {
  const reply =
    "Dim minecraft:overworld: Mean tick time: 57.739 ms. Mean TPS: 17.319Overall: Mean tick time: 61.063 ms. Mean TPS: 16.376";
  expect(parseForgeTps(reply)).toEqual({ tps: 16.376, mspt: 61.063 });
});

it("takes nothing for an answer that is none", () => {
  const unknown = "Unknown or incomplete command. See below for error\ntick query<--[HERE]";
  for (const parse of [parseTickQuery, parsePaperTps, parsePaperMspt, parseForgeTps]) {
    expect(parse(unknown)).toBeNull();
    expect(parse("")).toBeNull();
  }
});
