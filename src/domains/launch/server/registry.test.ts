import { expect, it } from "vitest";
import { launchKinds } from "../contract";
import { createFakeStrategy } from "./fake-strategy";
import type { LaunchSpec } from "./launch-strategy";
import { createLaunchRegistry } from "./registry";

const spec: LaunchSpec = {
  serverId: "a",
  folder: "/nowhere",
  javaPath: "/usr/bin/java",
  jvmArgs: [],
  programArgs: [],
  memoryMb: 1,
  gamePort: 25565,
  uid: null,
};

it("has a strategy for every kind, and the ones that are not there say so", async () => {
  const host = createFakeStrategy();
  const registry = createLaunchRegistry({ host });
  expect(Object.keys(registry).sort()).toEqual([...launchKinds].sort());
  expect(registry.host).toBe(host);
  for (const kind of ["dood", "dind"] as const) {
    expect(registry[kind].kind).toBe(kind);
    expect(await registry[kind].preflight(spec)).toMatchObject([{ code: "KIND_UNAVAILABLE" }]);
    await expect(registry[kind].start(spec, new AbortController().signal)).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining("not available in this build"),
    });
    expect(await registry[kind].adopt("a", null)).toEqual({ handle: null, exit: null });
  }
});
