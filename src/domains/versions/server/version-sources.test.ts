import { afterAll, describe, expect, it } from "vitest";
import { openVersions } from "@/test/open-versions";
import { findVersion } from "./find-version";

type Opened = Awaited<ReturnType<typeof openVersions>>;
type Type = "vanilla" | "paper" | "forge" | "fabric" | "neoforge" | "purpur";
const types: readonly Type[] = ["vanilla", "paper", "forge", "fabric", "neoforge", "purpur"];

describe("what each source reads", () => {
  const opened = openVersions(types);
  afterAll(async () => (await opened).close());
  const rows = async (versions: Opened, type: Type) =>
    (await versions.list(type)).map(({ version, build, javaMajor, stable }) => [version, build, javaMajor, stable]);

  it("Forge: per version the recommended build and the newest, whatever form their names have", async () => {
    const versions = await opened;
    expect(await versions.refresh("forge")).toMatchObject([{ isGood: true, error: null, added: 18 }]);
    expect(await rows(versions, "forge")).toEqual([
      ["26.2", "65.1.2", 25, false],
      ["26.2", "65.1.0", 25, true],
      ["26.1.2", "64.1.2", 25, false],
      ["26.1.2", "64.1.0", 25, true],
      ["26.1", "62.0.9", 25, false],
      ["1.21.11", "61.2.1", 21, false],
      ["1.21.11", "61.2.0", 21, true],
      ["1.21.8", "58.1.22", 21, false],
      ["1.21.8", "58.1.0", 21, true],
      ["1.20.1", "47.4.23", 17, false],
      ["1.20.1", "47.4.10", 17, true],
      ["1.18.2", "40.3.12", 17, false],
      ["1.18.2", "40.3.0", 17, true],
      ["1.16.5", "36.2.42", 8, false],
      ["1.16.5", "36.2.34", 8, true],
      ["1.12.2", "14.23.5.2864", 8, false],
      ["1.12.2", "14.23.5.2859", 8, true],
      ["1.7.10", "10.13.4.1614", 8, true],
    ]);
    const { download } = await findVersion(versions.ctx, { type: "forge", version: "1.7.10" });
    expect(download.url).toMatch(
      /1\.7\.10-10\.13\.4\.1614-1\.7\.10\/forge-1\.7\.10-10\.13\.4\.1614-1\.7\.10-installer\.jar$/,
    );
    expect(download).toMatchObject({ form: "installer", checksum: { algorithm: "sha1" }, sizeBytes: null });
    expect((await findVersion(versions.ctx, { type: "forge", version: "1.20.1" })).entry.build).toBe("47.4.10");
  });

  it("NeoForge: the game's version from its own, with the older name of 1.20.1, and no beta as stable", async () => {
    const versions = await opened;
    await versions.refresh("neoforge");
    expect(await rows(versions, "neoforge")).toEqual([
      ["26.2", "26.2.0.66", 25, true],
      ["26.1.2", "26.1.2.97", 25, true],
      ["26.1", "26.1.0.19-beta", 25, false],
      ["26.1-pre-3", "26.1.0.0-alpha.15+pre-3", 25, false],
      ["1.21.11", "21.11.45", 21, true],
      ["1.21.8", "21.8.54", 21, true],
      ["1.21.4", "21.4.157", 21, true],
      ["1.21.1", "21.1.248", 21, true],
      ["1.20.6", "20.6.139", 21, true],
      ["1.20.4", "20.4.251", 17, true],
      ["1.20.2", "20.2.93", 17, true],
      ["1.20.1", "1.20.1-47.1.106", 17, true],
    ]);
    const { download } = await findVersion(versions.ctx, { type: "neoforge", version: "1.20.1" });
    expect(download.url).toMatch(
      /\/net\/neoforged\/forge\/1\.20\.1-47\.1\.106\/forge-1\.20\.1-47\.1\.106-installer\.jar$/,
    );
    expect(download.checksum?.algorithm).toBe("sha256");
  });

  it("Fabric: every version of the game with the newest stable loader, and Java as Mojang says", async () => {
    const versions = await opened;
    versions.upstreams.addVersion({ id: "26.2", javaMajor: 26 });
    await versions.refresh("vanilla");
    await versions.refresh("fabric");
    expect(await rows(versions, "fabric")).toEqual([
      ["26.3-snapshot-6", "0.19.3", 25, false],
      ["26.2", "0.19.3", 26, true],
      ["26.1.2", "0.19.3", 25, true],
      ["1.21.11", "0.19.3", 21, true],
      ["1.20.1", "0.19.3", 17, true],
      ["1.20.1-rc1", "0.19.3", 17, false],
    ]);
    versions.upstreams.fabric.addLoader("0.20.0");
    expect(await versions.refresh("fabric")).toMatchObject([{ added: 5, removed: 0 }]);
    const { download } = await findVersion(versions.ctx, { type: "fabric", version: "1.21.11" });
    expect(download).toMatchObject({ form: "launcher", checksum: null, content: { gameVersion: "1.21.11" } });
    expect(download.url).toMatch(/\/v2\/versions\/loader\/1\.21\.11\/0\.20\.0\/1\.1\.1\/server\/jar$/);
  });

  it("Purpur: of each version the newest build that did not fail", async () => {
    const versions = await opened;
    versions.upstreams.purpur.addBuild("1.21.4", "2417", "FAILURE");
    await versions.refresh("purpur");
    expect(await rows(versions, "purpur")).toEqual([
      ["1.21.11", "2000", 21, true],
      ["1.21.4", "2416", 21, true],
      ["1.20.1", "2000", 17, true],
      ["1.16.5", "2000", 8, true],
      ["1.14.1", "2000", 8, true],
    ]);
    const { download } = await findVersion(versions.ctx, { type: "purpur", version: "1.21.4" });
    expect(download).toMatchObject({ form: "jar", checksum: { algorithm: "md5" }, sizeBytes: null });
  });

  it("learns later what Mojang says of a version's Java", async () => {
    const versions = await opened;
    versions.upstreams.addVersion({ id: "26.2", javaMajor: 29 });
    await versions.refresh("vanilla");
    expect(await versions.refresh("forge")).toMatchObject([{ added: 0, changed: 2 }]);
    expect((await versions.list("forge"))[0]).toMatchObject({ version: "26.2", javaMajor: 29 });
  });
});
