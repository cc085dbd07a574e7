import { afterAll, expect, it } from "vitest";
import { describeWithEngine } from "@/test/docker/engine";
import { freePort } from "@/test/stand-in/free-port";
import { containerViewSchema } from "../../contract";
import { createDockerHarness } from "./docker-harness";

await describeWithEngine("a server's container, described", async () => {
  const harness = createDockerHarness();
  afterAll(async () => (await harness).close());

  it("tells what people may see while it runs, and nothing once it is forgotten", async () => {
    const { open, newServer } = await harness;
    const strategy = open();
    const plain = await newServer();
    const managementPort = await freePort();
    const spec = { ...plain, container: { ...plain.container, managementPort } };
    expect(await strategy.describe?.(spec.serverId)).toBeNull();
    const handle = await strategy.start(spec, new AbortController().signal);
    const found = await strategy.describe?.(spec.serverId);
    expect(containerViewSchema.strict().parse(found)).toMatchObject({
      id: handle.ref.kind === "host" ? null : handle.ref.containerId,
      image: expect.stringMatching(/:java17$/),
      imageId: expect.stringMatching(/^sha256:/),
      state: "running",
      restarts: 0,
      memoryLimitBytes: (64 + 512) * 1024 * 1024,
      networks: [{ address: expect.stringMatching(/^\d+(\.\d+){3}$/) }],
    });
    expect(found?.ports).toEqual(
      expect.arrayContaining([
        { port: spec.gamePort, protocol: "tcp", address: "0.0.0.0", inside: spec.gamePort },
        { port: spec.container.rconPort, protocol: "tcp", address: "127.0.0.1", inside: spec.container.rconPort },
        { port: managementPort, protocol: "tcp", address: "127.0.0.1", inside: managementPort },
      ]),
    );
    expect(JSON.stringify(found)).not.toContain(spec.container.rconPassword);
    await handle.kill();
    expect(await strategy.describe?.(spec.serverId)).toMatchObject({ state: "exited", ports: [] });
    await strategy.forget(spec.serverId);
    expect(await strategy.describe?.(spec.serverId)).toBeNull();
  });
});
