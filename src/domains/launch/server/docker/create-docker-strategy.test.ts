import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { describeWithEngine } from "@/test/docker/engine";
import { describeLaunchStrategy } from "../launch-contract";
import { createDockerHarness } from "./docker-harness";

await describeWithEngine("on a real engine", () => {
  describeLaunchStrategy("dood", () => createDockerHarness());

  it("a port that somebody takes between the check and the start is told, and leaves no container", async () => {
    const harness = await createDockerHarness();
    try {
      const spec = await harness.newServer();
      const strategy = harness.open();
      expect(await strategy.preflight(spec)).toEqual([]);
      const thief = createServer().listen(spec.gamePort, "0.0.0.0");
      await once(thief, "listening");
      const never = new AbortController().signal;
      await expect(strategy.start(spec, never)).rejects.toMatchObject({
        code: "PORT_TAKEN",
        details: { port: spec.gamePort },
      });
      expect(await harness.containersOf(spec)).toEqual([]);
      thief.close();
      await once(thief, "close");
      const handle = await strategy.start(spec, never);
      await handle.kill();
    } finally {
      await harness.close();
    }
  });
});
