import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { LiveHistory } from "./live-history";
import { watchLive } from "./watch-live";

const listKey = [["servers", "list"], { type: "query" }];
const getKey = [["servers", "get"], { input: { serverId: "a" }, type: "query" }];
const server = (id: string, cpu: number | null) => ({ id, live: { cpu, memoryBytes: cpu === null ? null : 1 } });

function setUp() {
  const client = new QueryClient();
  const history = new LiveHistory();
  watchLive(client, history);
  watchLive(client, history);
  return { client, history };
}

it("collects each new figure of the list once, and nothing for servers that did not change", () => {
  const { client, history } = setUp();
  client.setQueryData(listKey, [server("a", 0.1), server("b", 0.5)]);
  client.setQueryData(listKey, [server("a", 0.2), server("b", 0.5)]);
  expect(history.of("a").map(({ cpu }) => cpu)).toEqual([0.1, 0.2]);
  expect(history.of("b").map(({ cpu }) => cpu)).toEqual([0.5]);
});

it("takes a server's own page where no list is loaded, and does not count twice where one is", () => {
  const { client, history } = setUp();
  client.setQueryData(getKey, server("a", 0.1));
  expect(history.of("a")).toHaveLength(1);
  client.setQueryData(listKey, [server("a", 0.3)]);
  client.setQueryData(getKey, server("a", 0.3));
  expect(history.of("a").map(({ cpu }) => cpu)).toEqual([0.1, 0.3]);
});

it("starts with the first real figure and shows when a server went away", () => {
  const { client, history } = setUp();
  client.setQueryData(listKey, [server("a", null)]);
  expect(history.of("a")).toEqual([]);
  client.setQueryData(listKey, [server("a", 0.4)]);
  client.setQueryData(listKey, [server("a", null)]);
  expect(history.of("a").map(({ cpu }) => cpu)).toEqual([0.4, null]);
});
