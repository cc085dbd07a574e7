import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { isSameProcess, parseProcessStat, readProcessStat } from "./process-stat";

const fields = "S 1 4242 4240 0 -1 4194560 100 0 0 0 7 5 0 0 20 0 1 0 987654 1000 20 18446744073709551615";

it("reads past a command that looks like fields", () => {
  const stat = parseProcessStat(`4242 (a) S 1 1 1 ) x\n) ${fields}`);
  expect(stat).toEqual({ pid: 4242, pgid: 4242, sid: 4240, startTicks: "987654", cpuTicks: 12, isAlive: true });
});

it("counts a zombie as gone, but not one whose threads still run", () => {
  expect(parseProcessStat(`1 (java) ${fields.replace("S ", "Z ")}`)?.isAlive).toBe(false);
  const withThreads = fields.replace("S ", "Z ").replace("20 0 1 0", "20 0 9 0");
  expect(parseProcessStat(`1 (java) ${withThreads}`)?.isAlive).toBe(true);
});

it("tells a process from a later one of the same pid", async () => {
  const child = spawn("sleep", ["100"]);
  const pid = child.pid ?? 0;
  const stat = readProcessStat(pid);
  expect(stat).toMatchObject({ pid, isAlive: true });
  expect(isSameProcess(pid, stat?.startTicks ?? "")).toBe(true);
  expect(isSameProcess(pid, String(Number(stat?.startTicks) - 1))).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isSameProcess(pid, stat?.startTicks ?? "")).toBe(false);
});
