import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { openVersions } from "@/test/open-versions";
import type { UpstreamName } from "@/test/upstream-server";
import type { FailureMode } from "@/test/upstreams/send-failing";
import type { UpstreamPart } from "@/test/upstreams/served-reply";
import { findVersion } from "./find-version";
import { createJarCache } from "./jar-cache";
import { listVersionLog } from "./list-version-log";

type Opened = Awaited<ReturnType<typeof openVersions>>;
type Type = "vanilla" | "paper" | "forge" | "fabric" | "neoforge" | "purpur";

const upstreamOf: Readonly<Record<Type, UpstreamName>> = {
  vanilla: "mojang",
  paper: "paper",
  forge: "forge",
  fabric: "fabric",
  neoforge: "neoforge",
  purpur: "purpur",
};
const types = Object.keys(upstreamOf) as Type[];
const names = Object.values(upstreamOf);

/** A version that every upstream of the tests has, and something new in each. */
const news: Readonly<Record<Type, (upstreams: Opened["upstreams"]) => void>> = {
  vanilla: (upstreams) => upstreams.addVersion({ id: "26.3", javaMajor: 25 }),
  paper: (upstreams) => upstreams.addPaperBuild({ version: "1.21.8", build: 61 }),
  forge: (upstreams) => upstreams.forge.add({ version: "26.2", build: "65.1.3" }),
  fabric: (upstreams) => upstreams.fabric.addGame("26.3"),
  neoforge: (upstreams) => upstreams.neoforge.add("26.2.0.67"),
  purpur: (upstreams) => upstreams.purpur.addBuild("1.21.11", "2551"),
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
async function open(...wanted: Type[]): Promise<Opened> {
  const versions = await openVersions(wanted);
  cleanups.push(versions.close);
  return versions;
}

describe("every source", () => {
  const versions = openVersions(types);
  afterAll(async () => (await versions).close());
  const failAll = async (mode: FailureMode | null, part?: UpstreamPart) => {
    for (const type of types) (await versions).upstreams.fail(upstreamOf[type], mode, part);
  };
  const countRequests = async (work: () => Promise<unknown>) => {
    const { requests } = (await versions).upstreams;
    requests.length = 0;
    await work();
    return new Map(names.map((name) => [name, requests.filter(({ source }) => source === name)]));
  };

  it("asks once more for little, takes only what is new, and tells of it", async () => {
    const { refresh, upstreams, ctx } = await versions;
    const first = await countRequests(() => refresh());
    const second = await countRequests(async () => {
      for (const result of await refresh())
        expect(result).toMatchObject({ isGood: true, added: 0, changed: 0, removed: 0, error: null });
    });
    for (const type of types) {
      const [before, after] = [first, second].map((seen) => seen.get(upstreamOf[type])?.length ?? 0);
      expect(after, type).toBeLessThanOrEqual(Math.max(3, (before ?? 0) / 1.5));
    }
    for (const type of types) news[type](upstreams);
    for (const result of await refresh()) {
      expect(result).toMatchObject({ added: 1, removed: 0, error: null });
      const { items } = await listVersionLog(ctx, { type: result.type, limit: 1 });
      expect(items).toMatchObject([{ type: result.type, change: "added" }]);
    }
  });

  it.each([
    ["down", "UPSTREAM_FAILED"],
    ["silent", "UPSTREAM_FAILED"],
    ["stalled", "UPSTREAM_FAILED"],
    ["truncated", "UPSTREAM_FAILED"],
    ["garbage", "UPSTREAM_FAILED"],
    ["endless", "UPSTREAM_FAILED"],
    ["redirect-private", "DOWNLOAD_REFUSED"],
  ] as const)("keeps its rows when its upstream is %s, and says so", async (mode, code) => {
    const { refresh, list, stateOf } = await versions;
    const before = await Promise.all(types.map((type) => list(type)));
    await failAll(mode);
    for (const result of await refresh())
      expect(result).toMatchObject({ isGood: false, added: 0, changed: 0, removed: 0, error: { code } });
    expect(await Promise.all(types.map((type) => list(type)))).toEqual(before);
    for (const type of types) expect(await stateOf(type)).toMatchObject({ lastError: { code } });
    await failAll(null);
    for (const result of await refresh()) expect(result).toMatchObject({ isGood: true, error: null });
  });

  it("hands out no jar but the right one", async () => {
    const { list, ctx, client } = await versions;
    const root = await mkdtemp(join(tmpdir(), "mcsd-sources-"));
    cleanups.push(() => rm(root, { recursive: true }));
    const maxBytes = { jar: 2 ** 20, installer: 2 ** 20, launcher: 2 ** 20 };
    const cache = createJarCache({ folder: root, client, hostsFor: () => [], maxBytes });
    const downloads = await Promise.all(
      types.map(async (type) => {
        const [entry] = await list(type);
        const wanted = { type, version: entry?.version ?? "", build: entry?.build ?? undefined };
        return (await findVersion(ctx, wanted)).download;
      }),
    );
    const modes: FailureMode[] = [
      "down",
      "stalled",
      "truncated",
      "wrong-checksum",
      "endless",
      "redirect-private",
      "garbage",
    ];
    for (const mode of modes) {
      await failAll(mode, "jar");
      for (const outcome of await Promise.allSettled(downloads.map((download) => cache.fetchJar(download)))) {
        const code = expect.stringMatching(/^(UPSTREAM_FAILED|DOWNLOAD_REFUSED|CHECKSUM_MISMATCH)$/);
        expect(outcome, mode).toMatchObject({ status: "rejected", reason: { code } });
      }
      await vi.waitFor(async () => expect(await readdir(root)).toEqual([]));
    }
    await failAll(null);
    const paths = await Promise.all(downloads.map((download) => cache.fetchJar(download)));
    await failAll("down");
    expect(await Promise.all(downloads.map((download) => cache.fetchJar(download)))).toEqual(paths);
    await failAll(null);
    expect(new Set(await readdir(root)).size).toBe(types.length);
    for (const path of paths) expect((await readFile(path)).length).toBeGreaterThan(100);
  });
});

it("refuses a Fabric jar that is for another version than was asked for", async () => {
  const versions = await open("fabric");
  await versions.refresh();
  const { download } = await findVersion(versions.ctx, { type: "fabric", version: "1.21.11" });
  const root = await mkdtemp(join(tmpdir(), "mcsd-sources-"));
  cleanups.push(() => rm(root, { recursive: true }));
  const cache = createJarCache({ folder: root, client: versions.client, hostsFor: () => [] });
  versions.upstreams.fabric.mixUp("1.20.1");
  await expect(cache.fetchJar(download)).rejects.toMatchObject({
    code: "CHECKSUM_MISMATCH",
    details: { found: "1.20.1" },
  });
  expect(await readdir(root)).toEqual([]);
});

it("leaves out a build whose checksum is none, and asks again", async () => {
  const versions = await open("forge", "neoforge");
  for (const upstream of ["forge", "neoforge"] as const) versions.upstreams.fail(upstream, "garbage", "detail");
  for (const result of await versions.refresh())
    expect(result).toMatchObject({ added: 0, isGood: false, error: { code: "UPSTREAM_FAILED" } });
  for (const upstream of ["forge", "neoforge"] as const) versions.upstreams.fail(upstream, null);
  for (const result of await versions.refresh()) expect(result).toMatchObject({ isGood: true, error: null });
});
