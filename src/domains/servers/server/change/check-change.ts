import { statfs } from "node:fs/promises";
import type { Ctx } from "@/server/context";
import { isAppError } from "@/server/errors";
import { measureFolder } from "@/server/fs/measure-folder";
import { readNbtAt } from "../../../files/server/nbt/read-nbt";
import { readLevelName } from "../../../snapshots/server/resolve-resource";
import { availableServerTypes, type ServerType, type VersionEntry } from "../../../versions/contract";
import { findVersion } from "../../../versions/server/find-version";
import type { ChangeFinding, ChangeReport, ChangeTarget } from "../../change-contract";
import { reachServer } from "../policy";
import { parseProperties } from "../properties-file";
import type { ServerRecord } from "../repository";
import { openServerFolder } from "../server-folder";
import { checkAddOns } from "./check-add-ons";
import { compareWithWorld, type WorldVersion } from "./compare-world";
import { readAddOns } from "./read-add-ons";

/** More than this is not counted: what is there then is room for a snapshot only by guess. */
const enoughBytes = 2 ** 50;

/** What stands in the way of another version or type, what may go wrong and what is good to know. Changes nothing. */
export async function checkChange(ctx: Ctx, target: ChangeTarget): Promise<ChangeReport> {
  const record = await reachServer(ctx, target.serverId, "servers.update");
  const { type, version, build } = target;
  const from = { type: record.type, version: record.version, build: record.build };
  const findings: ChangeFinding[] = [];
  const isOffered = type !== "custom" && (availableServerTypes as readonly string[]).includes(type);
  const entry = isOffered ? await findEntry(ctx, target) : null;
  if (!isOffered) findings.push({ code: "type_unavailable", severity: "block", params: { type } });
  else if (!entry) findings.push({ code: "version_unknown", severity: "block", params: { type, version } });
  const to = { type, version, build: entry?.build ?? build ?? null };
  if (entry && from.type === type && from.version === version && from.build === to.build)
    findings.push({ code: "nothing_changes", severity: "block", params: { version } });
  if (entry) {
    const root = ctx.dataDir.paths.serverFolder(record.id);
    findings.push(...(await checkJava(ctx, record, entry)));
    findings.push(...(await checkWorld(ctx, record, target)));
    findings.push(...checkAddOns(await readAddOns(root), { type, version }));
    findings.push(...(await checkRoom(ctx, root)), ...(await checkServer(ctx, record, root)));
    if (!entry.stable) findings.push({ code: "build_unstable", severity: "info", params: { channel: entry.channel } });
  }
  const order = { block: 0, warn: 1, info: 2 };
  findings.sort((a, b) => order[a.severity] - order[b.severity]);
  return { from, to, findings, isBlocked: findings.some(({ severity }) => severity === "block") };
}

async function findEntry(ctx: Ctx, { type, version, build }: ChangeTarget): Promise<VersionEntry | null> {
  try {
    return (await findVersion(ctx, { type, version, build })).entry;
  } catch (error) {
    if (isAppError(error) && error.code === "VERSION_NOT_FOUND") return null;
    throw error;
  }
}

async function checkJava(ctx: Ctx, record: ServerRecord, { javaMajor }: VersionEntry): Promise<ChangeFinding[]> {
  const chosen = record.javaMajor ?? javaMajor;
  const findings: ChangeFinding[] = [];
  if (chosen !== javaMajor)
    findings.push({
      code: "java_fixed",
      severity: chosen < javaMajor ? "block" : "warn",
      params: { required: javaMajor, chosen },
    });
  // A container's image brings the Java.
  if (record.launchKind !== "host") return findings;
  const { installations } = await ctx.java.list();
  if (!installations.some(({ major }) => major === chosen))
    findings.push({ code: "java_missing", severity: "block", params: { required: chosen } });
  return findings;
}

async function checkWorld(ctx: Ctx, record: ServerRecord, target: ChangeTarget): Promise<ChangeFinding[]> {
  const { type, version } = target;
  const world = await readWorldVersion(ctx, record.id);
  if (!world) return [];
  const findings: ChangeFinding[] = [];
  const wroteIt = world.name ?? (world.dataVersion === null ? "?" : String(world.dataVersion));
  const params = { world: wroteIt, version };
  const order = compareWithWorld(version, world);
  if (order === "older")
    findings.push({ code: "world_newer", severity: target.acceptDowngrade ? "warn" : "block", params });
  if (order === "newer") findings.push({ code: "world_upgrade", severity: "info", params });
  if (order === "unknown") findings.push({ code: "world_unreadable", severity: "warn", params });
  if (isBukkit(record.type) !== isBukkit(type) && record.type !== "custom")
    findings.push({ code: "world_layout", severity: "warn", params: {} });
  return findings;
}

/** Paper keeps the Nether and the End in folders of their own, and vanilla inside the world. */
function isBukkit(type: ServerType): boolean {
  return type === "paper" || type === "purpur";
}

/** Null when there is no world yet. */
async function readWorldVersion(ctx: Ctx, serverId: string): Promise<WorldVersion | null> {
  const { paths } = ctx.dataDir;
  const level = await readLevelName(paths, serverId);
  try {
    const { tag } = await readNbtAt(ctx.files.nbtReader, paths.serverFolder(serverId), `${level}/level.dat`);
    const child = (from: typeof tag | undefined, name: string) =>
      from?.children?.find((candidate) => candidate.name === name)?.tag;
    const data = child(tag, "Data");
    const number = Number(child(data, "DataVersion")?.value);
    return {
      dataVersion: Number.isInteger(number) && number > 0 ? number : null,
      name: child(child(data, "Version"), "Name")?.value?.slice(0, 64) ?? null,
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code === "PATH_NOT_FOUND" ? null : { dataVersion: null, name: null };
  }
}

/** All of it may have to be kept once more, and put back beside what is there. */
async function checkRoom(ctx: Ctx, root: string): Promise<ChangeFinding[]> {
  const { bytes } = await measureFolder(root, { enough: enoughBytes });
  const [servers, snapshots] = await Promise.all([
    statfs(ctx.dataDir.paths.servers),
    statfs(ctx.dataDir.paths.snapshots),
  ]);
  const free = Math.min(servers.bavail * servers.bsize, snapshots.bavail * snapshots.bsize);
  if (free < bytes) return [{ code: "disk_space", severity: "block", params: { needed: bytes, free } }];
  return free < 2 * bytes ? [{ code: "disk_space", severity: "warn", params: { needed: 2 * bytes, free } }] : [];
}

async function checkServer(ctx: Ctx, record: ServerRecord, root: string): Promise<ChangeFinding[]> {
  const findings: ChangeFinding[] = [];
  const players = ctx.supervisor.find(record.id)?.live.playersOnline ?? 0;
  if (players > 0) findings.push({ code: "players_online", severity: "info", params: { count: players } });
  const text = await openServerFolder(root, null)
    .read("server.properties")
    .catch(() => null);
  if (
    parseProperties(text ?? "")
      .get("enable-status")
      ?.toLowerCase() === "false"
  )
    findings.push({ code: "no_ping", severity: "info", params: {} });
  return findings;
}
