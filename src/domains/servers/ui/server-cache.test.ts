import { expect, it } from "vitest";
import type { Server } from "../contract";
import { newer, replaceServer } from "./server-cache";

const server = (id: string, state: Server["state"], since: number) =>
  ({ id, state, stateSince: new Date(since) }) as Server;
const states = (servers: readonly Server[]) => servers.map(({ id, state }) => `${id} ${state}`);

it("puts an answer in the place of the older one, and a new server at the end", () => {
  const list = [server("a", "stopped", 1), server("b", "running", 1)];
  expect(states(replaceServer(list, server("a", "starting", 2)))).toEqual(["a starting", "b running"]);
  expect(states(replaceServer(list, server("c", "stopped", 2)))).toEqual(["a stopped", "b running", "c stopped"]);
});

it("does not let an answer take back what an event has told meanwhile", () => {
  const list = [server("a", "running", 5)];
  expect(states(replaceServer(list, server("a", "starting", 2)))).toEqual(["a running"]);
  expect(newer(undefined, server("a", "starting", 2)).state).toBe("starting");
});
