import type { Stats } from "node:fs";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { inParent, nullIfUnreachable } from "@/server/fs/contained/walk";
import { parseProperties } from "../../servers/server/properties-file";
import { openServerFolder } from "../../servers/server/server-folder";
import type { SnapshotResource } from "../contract";

type Paths = Services["dataDir"]["paths"];

/**
 * The path inside the server's folder that a snapshot is of; empty for the whole. A world that is not named is the one that the
 * server plays. Throws PATH_NOT_FOUND for what is not there or not of that kind.
 */
export async function resolveResource(
  paths: Paths,
  serverId: string,
  { resource, path }: { resource: SnapshotResource; path?: string },
): Promise<string> {
  if (resource === "server_full") return "";
  const wanted = path || (resource === "world" ? await readLevelName(paths, serverId) : "");
  const found = wanted === "" ? null : await lookInside(paths.serverFolder(serverId), wanted);
  const isFitting = resource === "world" ? found?.isDirectory() : found?.isFile();
  if (isFitting) return wanted;
  throw new AppError("PATH_NOT_FOUND", `The server has no ${resource} "${wanted}".`, { path: wanted, resource });
}

/** The worlds that the server plays: the main one, and the two that Bukkit keeps beside it. */
export async function findWorlds(paths: Paths, serverId: string): Promise<string[]> {
  const level = await readLevelName(paths, serverId);
  const names = [level, `${level}_nether`, `${level}_the_end`];
  const found = await Promise.all(names.map((name) => lookInside(paths.serverFolder(serverId), name)));
  return names.filter((_, index) => found[index]?.isDirectory());
}

/** What lies at a path, no link followed; null for nothing. */
export async function lookInside(root: string, path: string): Promise<Stats | null> {
  return inParent(root, path, (folder, name) => folder.stat(name)).catch(nullIfUnreachable);
}

/** The folder of the world that the server plays, as server.properties says. */
export async function readLevelName(paths: Paths, serverId: string): Promise<string> {
  const text = await openServerFolder(paths.serverFolder(serverId), null).read("server.properties");
  const name = parseProperties(text ?? "")
    .get("level-name")
    ?.replace(/\/+$/, "");
  const isPlain = name?.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  return name && isPlain ? name : "world";
}
