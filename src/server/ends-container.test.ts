import { expect, it } from "vitest";
import { endsContainer } from "./ends-container";

const named = (name: string) => async () => `${name}\n`;

it("knows when a container ends with this process", async () => {
  expect(await endsContainer({ pid: 1, parent: 0 })).toBe(true);
  expect(await endsContainer({ pid: 7, parent: 1 }, named("tini"))).toBe(true);
  expect(await endsContainer({ pid: 7, parent: 1 }, named("docker-init"))).toBe(true);
});

it("lets servers run on a machine, whoever started it", async () => {
  expect(await endsContainer({ pid: 4000, parent: 1 }, named("systemd"))).toBe(false);
  expect(await endsContainer({ pid: 4000, parent: 3999 }, named("tini"))).toBe(false);
  expect(await endsContainer({ pid: 4000, parent: 1 }, () => Promise.reject(new Error("no /proc")))).toBe(false);
});
