import type { Permission } from "@/domains/auth/permissions";
import { shareablePermissions } from "../../members-contract";

export const presetNames = ["look", "playMaster", "builder", "everything"] as const;
export type PresetName = (typeof presetNames)[number];

/** What people usually share, to start from. Seeing the server is always included. */
const presets: Readonly<Record<PresetName, readonly Permission[]>> = {
  look: ["servers.view"],
  playMaster: ["servers.view", "servers.start", "servers.stop", "servers.restart", "rcon.execute"],
  builder: ["servers.view", "files.view", "files.edit", "files.upload", "files.download", "files.delete"],
  everything: shareablePermissions,
};

/** A preset, as far as it can be given; seeing the server stays. */
export function presetOf(name: PresetName, givable: readonly Permission[]): Permission[] {
  return shareablePermissions.filter(
    (permission) =>
      permission === "servers.view" || (presets[name].includes(permission) && givable.includes(permission)),
  );
}

/** The preset that this choice is, if it is one. */
export function presetLike(chosen: readonly Permission[], givable: readonly Permission[]): PresetName | null {
  const same = (one: readonly Permission[]) =>
    one.length === new Set(["servers.view", ...chosen]).size &&
    one.every((name) => name === "servers.view" || chosen.includes(name));
  return presetNames.find((name) => same(presetOf(name, givable))) ?? null;
}

/** Sharing one of these lets somebody run code of their own as the server. */
const strong: readonly Permission[] = [
  "servers.update",
  "files.edit",
  "files.upload",
  "backups.restore",
  "rcon.execute",
];

export function isStrong(chosen: readonly Permission[]): boolean {
  return chosen.some((name) => strong.includes(name));
}
