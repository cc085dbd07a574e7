import type { PermissionSource } from "../../contract";

/** Where a permission comes from, or why it is missing: a key of `users.permissions.sources`. */
export type SourceKind = "role" | "granted" | "grantedToo" | "denied" | "deniedRole" | "none";

export function sourceKind({ role, granted, denied }: PermissionSource): SourceKind {
  if (denied) return role ? "deniedRole" : "denied";
  if (granted) return role ? "grantedToo" : "granted";
  return role ? "role" : "none";
}

export type PermissionAct = "grant" | "deny" | "clear";

/** What can be done about a permission: by its present state, and by what the person who looks may do and holds. */
export function offeredActs(
  source: PermissionSource,
  may: { grant: boolean; deny: boolean; held: boolean },
): PermissionAct[] {
  const acts: PermissionAct[] = [];
  if (may.grant && may.held && !source.effective && !source.denied) acts.push("grant");
  // What is left after it comes from the role alone, and may be something that the other lacks.
  if (may.grant && (source.granted || source.denied) && (may.held || !source.role)) acts.push("clear");
  if (may.deny && source.effective) acts.push("deny");
  return acts;
}
