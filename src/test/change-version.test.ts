import { expect, it } from "vitest";
import { newVersion } from "./change-cases";
import { tryOutcomes } from "./change-outcomes";

const scene = tryOutcomes(["stopped, stays", "running, ruins the world", "stopped, never answers"]);

const codesOf = async (version: string, more: { acceptDowngrade?: boolean; build?: string } = {}) => {
  const serverId = scene.idOf("stopped, never answers");
  const { findings } = await scene.admin().servers.checkChange.query({ serverId, type: "vanilla", version, ...more });
  return findings.map(({ code, severity }) => `${severity} ${code}`);
};

it("what stands in the way is told beforehand, and is not begun", async () => {
  const admin = scene.admin();
  const serverId = scene.idOf("stopped, never answers");
  expect(await codesOf(newVersion)).toEqual([]);
  expect(await codesOf("1.99")).toEqual(["block version_unknown"]);
  // The stand-in's worlds are from the new version, whatever version the server is said to be.
  expect(await codesOf("1.20.4")).toEqual(["block nothing_changes", "block world_newer"]);
  expect(await codesOf("1.8.9", { acceptDowngrade: true })).toEqual(["block java_missing", "warn world_newer"]);
  const blocked = admin.servers.changeVersion.mutate({ serverId, type: "vanilla", version: "1.99" });
  const error = { code: "CHANGE_BLOCKED", details: { findings: [{ code: "version_unknown" }] } };
  await expect(blocked).rejects.toMatchObject({ data: { error } });
  const custom = await admin.servers.checkChange.query({ serverId, type: "custom", version: "1" });
  expect(custom.findings).toMatchObject([{ code: "type_unavailable", severity: "block" }]);
});

it("a server is changed without a trial when that is asked for", async () => {
  const admin = scene.admin();
  const serverId = scene.idOf("stopped, never answers");
  const target = { serverId, type: "vanilla", version: newVersion, trial: false, wait: true } as const;
  expect(await admin.servers.changeVersion.mutate(target)).toMatchObject({ version: newVersion, state: "stopped" });
  const { items } = await admin.servers.timeline.query({ serverId, limit: 5 });
  expect(items[0]?.kind).toBe("version-changed");
});
