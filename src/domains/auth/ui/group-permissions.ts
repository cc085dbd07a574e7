import { type Permission, permissions } from "../permissions";

/** The part of a permission's name before the first dot; `auth.permissionGroups` has its title. */
export type PermissionGroup = Permission extends `${infer Group}.${string}` ? Group : never;

/** The permissions by what they are about, in the table's order; groups without any are left out. */
export function groupPermissions(
  names: readonly Permission[],
): { group: PermissionGroup; permissions: readonly Permission[] }[] {
  const held = new Set(names);
  const groups = new Map<PermissionGroup, Permission[]>();
  for (const name of permissions) {
    if (!held.has(name)) continue;
    const group = name.slice(0, name.indexOf(".")) as PermissionGroup;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].map(([group, inGroup]) => ({ group, permissions: inGroup }));
}
