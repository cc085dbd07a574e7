import { compareMinecraftVersions, parseMinecraftVersion } from "@/lib/minecraft-version";
import { dataVersionOf, releaseOf } from "./data-versions";

/** What a world says of the version that wrote it last. */
export interface WorldVersion {
  dataVersion: number | null;
  name: string | null;
}

/**
 * Whether a version is older than a world (`older`: it would lose what is newer in it), the same or newer; `unknown` where neither the
 * numbers nor the names can be compared. The numbers win: names are what a fork likes to call itself.
 */
export function compareWithWorld(version: string, world: WorldVersion): "older" | "same" | "newer" | "unknown" {
  const wanted = dataVersionOf(version);
  if (wanted !== null && world.dataVersion !== null) return orderOf(wanted - world.dataVersion);
  const name = world.name ?? (world.dataVersion === null ? null : releaseOf(world.dataVersion));
  if (name === null || !parseMinecraftVersion(name) || !parseMinecraftVersion(version)) return "unknown";
  return orderOf(compareMinecraftVersions(version, name));
}

function orderOf(difference: number): "older" | "same" | "newer" {
  return difference < 0 ? "older" : difference > 0 ? "newer" : "same";
}
