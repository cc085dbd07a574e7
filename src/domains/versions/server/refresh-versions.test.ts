import { afterEach, beforeEach, expect, it } from "vitest";
import { openVersions } from "@/test/open-versions";
import { findVersion } from "./find-version";
import { listVersionLog } from "./list-version-log";

let versions: Awaited<ReturnType<typeof openVersions>>;
beforeEach(async () => {
  versions = await openVersions();
});
afterEach(() => versions.close());

const pathsOf = () => versions.upstreams.requests.map((request) => `${request.source}${request.path}`);

it("reads what Mojang and Paper have, newest first", async () => {
  const results = await versions.refresh();
  expect(results).toEqual([
    { type: "vanilla", isGood: true, added: 14, changed: 0, removed: 0, error: null },
    { type: "paper", isGood: true, added: 4, changed: 0, removed: 0, error: null },
  ]);
  const vanilla = await versions.list("vanilla");
  expect(vanilla.map((entry) => [entry.version, entry.javaMajor, entry.stable, entry.channel])).toEqual([
    ["26.3-snapshot-6", 25, false, "snapshot"],
    ["26.2", 25, true, "release"],
    ["26.1.2", 25, true, "release"],
    ["1.21.11", 21, true, "release"],
    ["1.21.8", 21, true, "release"],
    ["1.21.4", 21, true, "release"],
    ["1.20.6", 21, true, "release"],
    ["1.20.4", 17, true, "release"],
    ["1.18.2", 17, true, "release"],
    ["1.17.1", 16, true, "release"],
    ["1.16.5", 8, true, "release"],
    ["1.12.2", 8, true, "release"],
    ["1.8.9", 8, true, "release"],
    // 1.2.4 has no server to download, and 1.2.5 does not say which Java: that means 8.
    ["1.2.5", 8, true, "release"],
  ]);
  expect(vanilla[1]).toMatchObject({ type: "vanilla", build: null, releasedAt: "2026-06-16T12:03:33.000Z" });

  const paper = await versions.list("paper");
  expect(paper.map((entry) => [entry.version, entry.build, entry.javaMajor, entry.stable, entry.channel])).toEqual([
    ["1.21.9", "49", 21, false, "alpha"],
    ["1.21.9-rc1", "36", 21, false, "alpha"],
    ["1.21.8", "60", 21, true, "stable"],
    ["1.20.4", "499", 17, true, "stable"],
  ]);
});

it("says who it is, to Paper above all", async () => {
  await versions.refresh();
  const agents = new Set(versions.upstreams.requests.map((request) => request.userAgent));
  expect([...agents]).toEqual(["mcsd/test (+https://github.com/mcsd/mcsd)"]);
  expect(pathsOf().filter((path) => path.includes("/v2/projects"))).toEqual([]);
});

it("asks only for what is new or changed", async () => {
  const { upstreams } = versions;
  await versions.refresh();
  upstreams.requests.length = 0;
  expect(await versions.refresh()).toMatchObject([
    { added: 0, error: null },
    { added: 0, error: null },
  ]);
  expect(upstreams.requests.map((request) => request.status)).toEqual([304, 304]);

  upstreams.requests.length = 0;
  upstreams.addVersion({ id: "26.3", javaMajor: 25 });
  upstreams.addVersion({ id: "1.21.4", javaMajor: 22, releaseTime: "2024-12-03T10:12:57+00:00" });
  upstreams.addPaperBuild({ version: "1.21.8", build: 61 });
  expect(await versions.refresh()).toMatchObject([
    { added: 1, changed: 1, removed: 0 },
    { added: 1, changed: 0, removed: 0 },
  ]);
  const details = pathsOf().filter((path) => !/manifest|versions$/.test(path));
  expect(details.map((path) => path.split("/").at(-1)).sort()).toEqual(["1.21.4.json", "26.3.json", "builds"]);
  expect((await versions.list("vanilla"))[0]).toMatchObject({ version: "26.3" });
  const { items } = await listVersionLog(versions.ctx, { type: "vanilla", limit: 2 });
  expect(items.map(({ version, change, detail }) => [version, change, detail])).toContainEqual([
    "1.21.4",
    "changed",
    { javaMajor: [21, 22] },
  ]);
});

it("keeps the builds it has seen and offers each version's newest, and the newest stable beside an unstable one", async () => {
  await versions.refresh("paper");
  versions.upstreams.addPaperBuild({ version: "1.21.8", build: 61, channel: "BETA" });
  await versions.refresh("paper");
  const offered = (await versions.list("paper")).filter((entry) => entry.version === "1.21.8");
  expect(offered.map((entry) => [entry.build, entry.stable])).toEqual([
    ["61", false],
    ["60", true],
  ]);
  versions.upstreams.addPaperBuild({ version: "1.21.8", build: 62, channel: "RECOMMENDED" });
  await versions.refresh("paper");
  expect((await versions.list("paper", "1.21.8")).map((entry) => entry.build)).toEqual(["62", "61", "60"]);
  expect((await versions.list("paper")).filter((entry) => entry.version === "1.21.8")).toHaveLength(1);

  const wanted = { type: "paper", version: "1.21.8" } as const;
  expect((await findVersion(versions.ctx, wanted)).entry.build).toBe("62");
  expect((await findVersion(versions.ctx, { ...wanted, build: "61" })).entry.build).toBe("61");
  const { download } = await findVersion(versions.ctx, { ...wanted, build: "60" });
  expect(download).toMatchObject({ type: "paper", checksum: { algorithm: "sha256" }, sizeBytes: expect.any(Number) });
  await expect(findVersion(versions.ctx, { ...wanted, build: "1" })).rejects.toMatchObject({
    code: "VERSION_NOT_FOUND",
  });
});

it("removes what an upstream withdrew and says so", async () => {
  await versions.refresh();
  versions.upstreams.removeVersion("1.8.9");
  versions.upstreams.removePaperBuild("1.21.8", 60);
  expect(await versions.refresh()).toMatchObject([{ removed: 1 }, { added: 1, removed: 1 }]);
  await expect(findVersion(versions.ctx, { type: "vanilla", version: "1.8.9" })).rejects.toThrow("1.8.9");
  expect((await versions.list("paper", "1.21.8")).map((entry) => entry.build)).toEqual(["59"]);
  versions.upstreams.addVersion({ id: "1.8.9", javaMajor: 8, releaseTime: "2015-12-03T09:24:39+00:00" });
  expect(await versions.refresh("vanilla")).toMatchObject([{ added: 1 }]);
});

it("does not believe a listing that has suddenly lost most of its versions", async () => {
  await versions.refresh("vanilla");
  const { upstreams } = versions;
  for (const entry of (await versions.list("vanilla")).slice(0, 12)) upstreams.removeVersion(entry.version);
  expect(await versions.refresh("vanilla")).toMatchObject([{ isGood: false, error: { code: "UPSTREAM_FAILED" } }]);
  expect(await versions.list("vanilla")).toHaveLength(14);
});

it.each([
  ["down", "UPSTREAM_FAILED"],
  ["silent", "UPSTREAM_FAILED"],
  ["stalled", "UPSTREAM_FAILED"],
  ["truncated", "UPSTREAM_FAILED"],
  ["garbage", "UPSTREAM_FAILED"],
  ["endless", "UPSTREAM_FAILED"],
  ["redirect-private", "DOWNLOAD_REFUSED"],
] as const)("keeps the old rows of a source that is %s, and the other source fresh", async (mode, code) => {
  await versions.refresh();
  const before = await versions.stateOf("vanilla");
  expect(before).toMatchObject({ lastError: null, count: 14 });
  versions.upstreams.fail("mojang", mode);
  versions.upstreams.addPaperBuild({ version: "1.21.8", build: 61 });
  expect(await versions.refresh()).toMatchObject([
    { type: "vanilla", isGood: false, error: { code } },
    { type: "paper", isGood: true, added: 1 },
  ]);
  expect(await versions.list("vanilla")).toHaveLength(14);
  const after = await versions.stateOf("vanilla");
  expect(after).toMatchObject({ lastSuccessAt: before?.lastSuccessAt, lastError: { code }, count: 14 });
  expect(Date.parse(after?.lastAttemptAt ?? "")).toBeGreaterThan(Date.parse(before?.lastSuccessAt ?? ""));

  versions.upstreams.fail("mojang", null);
  expect(await versions.refresh("vanilla")).toMatchObject([{ isGood: true }]);
  expect(await versions.stateOf("vanilla")).toMatchObject({ lastError: null });
});

it("leaves out a version whose file is not the announced one, and asks again next time", async () => {
  const { upstreams } = versions;
  upstreams.fail("mojang", "wrong-checksum", "detail");
  const [failed] = await versions.refresh("vanilla");
  expect(failed).toMatchObject({ added: 0, isGood: false, error: { code: "UPSTREAM_FAILED" } });
  upstreams.fail("mojang", null);
  await versions.refresh("vanilla");
  upstreams.addVersion({ id: "26.3", javaMajor: 25 });
  upstreams.setServerUrl("26.3", "https://evil.example.org/server.jar");
  upstreams.addVersion({ id: "26.4", javaMajor: 25 });
  const [partly] = await versions.refresh("vanilla");
  expect(partly).toMatchObject({ added: 1, isGood: true, error: { message: expect.stringContaining("26.3") } });
  expect((await versions.list("vanilla"))[0]).toMatchObject({ version: "26.4" });
  expect(await versions.stateOf("vanilla")).toMatchObject({ lastError: { code: "UPSTREAM_FAILED" } });
  upstreams.addVersion({ id: "26.3", javaMajor: 25 });
  expect(await versions.refresh("vanilla")).toMatchObject([{ added: 1, error: null }]);
});

it("reads a mirror that copied Mojang's manifest word for word", async () => {
  const { upstreams } = versions;
  upstreams.pretendOfficialUrls();
  await versions.refresh("vanilla");
  const { download } = await findVersion(versions.ctx, { type: "vanilla", version: "1.20.4" });
  expect(download.url).toMatch(/^https:\/\/piston-data\.mojang\.com\/v1\/objects\/[0-9a-f]{40}\/server\.jar$/);
});

it("joins a refresh that already runs", async () => {
  const [first, second] = await Promise.all([versions.refresh(), versions.refresh()]);
  expect(second).toEqual(first);
  expect(pathsOf().filter((path) => path.endsWith("manifest_v2.json"))).toHaveLength(1);
});

it("ends at once when it is told to, keeping what was saved", async () => {
  versions.upstreams.fail("mojang", "silent", "detail");
  const ending = new AbortController();
  const refreshing = versions.refresh("vanilla", ending.signal);
  setTimeout(() => ending.abort(new Error("mcsd is ending")), 100);
  await expect(refreshing).rejects.toThrow("mcsd is ending");
});

it("refuses a type that has no source", async () => {
  await expect(versions.refresh("forge")).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

it("pages through the log", async () => {
  await versions.refresh();
  const first = await listVersionLog(versions.ctx, { limit: 10 });
  const rest = await listVersionLog(versions.ctx, { limit: 10, cursor: first.nextCursor ?? "" });
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([10, 8, null]);
  const all = [...first.items, ...rest.items];
  expect(new Set(all.map((item) => `${item.type} ${item.version} ${item.build}`)).size).toBe(18);
  expect(all.every((item) => item.change === "added")).toBe(true);
  expect((await listVersionLog(versions.ctx, { type: "paper", limit: 50 })).items).toHaveLength(4);
});
