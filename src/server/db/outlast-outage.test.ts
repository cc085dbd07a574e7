import { expect, it } from "vitest";
import { systemClock } from "@/server/clock";
import { outlastOutage } from "./outlast-outage";

const away = () => Object.assign(new Error("away"), { code: "CONNECTION_CLOSED" });
const clock = { ...systemClock, sleep: (_ms: number, signal?: AbortSignal) => systemClock.sleep(1, signal) };
const shutdown = new AbortController().signal;

it("goes on until the database answers", async () => {
  let tries = 0;
  const work = async () => (++tries < 4 ? Promise.reject(away()) : "done");
  expect(await outlastOutage(work, { clock, shutdown })).toBe("done");
  expect(tries).toBe(4);
});

it("passes every other failure on at once", async () => {
  let tries = 0;
  const work = async () => {
    tries++;
    throw new Error("unique violation");
  };
  await expect(outlastOutage(work, { clock, shutdown })).rejects.toThrow("unique violation");
  expect(tries).toBe(1);
});

it("ends with the program", async () => {
  const ending = new AbortController();
  const work = async () => {
    ending.abort(new Error("mcsd is closing"));
    throw away();
  };
  await expect(outlastOutage(work, { clock, shutdown: ending.signal })).rejects.toThrow("mcsd is closing");
});
