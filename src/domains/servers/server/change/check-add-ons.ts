import { compareMinecraftVersions, parseMinecraftVersion } from "@/lib/minecraft-version";
import type { ServerType } from "../../../versions/contract";
import type { ChangeFinding } from "../../change-contract";
import { acceptsByIntervals, acceptsByPredicates } from "./accepts-version";
import type { AddOn, Loader } from "./read-add-ons";

const loads: Readonly<Record<ServerType, readonly Loader[]>> = {
  vanilla: [],
  paper: ["bukkit"],
  purpur: ["bukkit"],
  fabric: ["fabric"],
  forge: ["forge"],
  // Of its first version, for 1.20.1, mods are Forge's.
  neoforge: ["neoforge", "forge"],
  custom: ["bukkit", "fabric", "forge", "neoforge"],
};
const shown = 5;

/** What plugins and mods say about a type and version: none of it blocks, because what a jar says of itself is often out of date. */
export function checkAddOns(
  { addOns, unread }: { addOns: readonly AddOn[]; unread: number },
  to: { type: ServerType; version: string },
): ChangeFinding[] {
  const known = loads[to.type];
  const isMod = ({ file }: AddOn) => file.startsWith("mods/");
  const mods = addOns.filter(isMod);
  const plugins = addOns.filter((addOn) => !isMod(addOn));
  const findings: (ChangeFinding | null)[] = [];
  const takesMods = known.some((loader) => loader !== "bukkit");
  if (takesMods) {
    const foreign = mods.filter(
      ({ loaders }) => loaders.length > 0 && !loaders.some((loader) => known.includes(loader)),
    );
    findings.push(warn("mod_loader", foreign));
    findings.push(
      warn(
        "mod_needs",
        mods.filter((mod) => !foreign.includes(mod) && !fits(mod, known, to.version)),
      ),
    );
  } else findings.push(warn("mods_unused", mods));
  if (!known.includes("bukkit")) findings.push(warn("plugins_unused", plugins));
  else
    findings.push(
      warn(
        "plugin_needs",
        plugins.filter(({ apiVersion }) => isNewer(apiVersion, to.version)),
      ),
    );
  if (unread > 0) findings.push({ code: "add_ons_unread", severity: "info", params: { count: unread } });
  return findings.filter((finding) => finding !== null);
}

function fits({ loaders, predicates, intervals }: AddOn, known: readonly Loader[], version: string): boolean {
  const isFabric = loaders.includes("fabric") && known.includes("fabric");
  if (isFabric && acceptsByPredicates(predicates, version) === false) return false;
  const isForge = known.includes("forge") || known.includes("neoforge");
  return !isForge || intervals.every((range) => acceptsByIntervals(range, version) !== false);
}

function isNewer(apiVersion: string | null, version: string): boolean {
  if (apiVersion === null || !parseMinecraftVersion(apiVersion)) return false;
  return compareMinecraftVersions(apiVersion, version) > 0;
}

function warn(code: ChangeFinding["code"], found: readonly AddOn[]): ChangeFinding | null {
  if (found.length === 0) return null;
  const names = found.slice(0, shown).map(({ file }) => file.slice(file.indexOf("/") + 1));
  return { code, severity: "warn", params: { count: found.length, names: names.join(", ") } };
}
