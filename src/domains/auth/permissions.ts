/** The 38 permissions, `category.action[.scope]`, as data: everything else derives from this table. */
export const permissions = [
  "servers.create",
  "servers.view",
  "servers.view_all",
  "servers.update",
  "servers.delete",
  "servers.start",
  "servers.stop",
  "servers.restart",
  "rcon.execute",
  "files.view",
  "files.edit",
  "files.upload",
  "files.download",
  "files.delete",
  "backups.create",
  "backups.view",
  "backups.restore",
  "backups.delete",
  "backups.schedule",
  "backups.download",
  "groups.create",
  "groups.view",
  "groups.update",
  "groups.delete",
  "groups.attach",
  "groups.detach",
  "users.view",
  "users.create",
  "users.update",
  "users.delete",
  "users.approve",
  "users.change_role",
  "users.grant_permission",
  "users.deny_permission",
  "system.view_settings",
  "system.view_health",
  "system.update_settings",
  "system.manage_limits",
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ["admin", "operator", "user"] as const;
export type Role = (typeof roles)[number];

const userPermissions = permissions.filter(
  (name) => /^(servers|files|backups|groups)\./.test(name) && name !== "servers.view_all",
);

/** What each role may do before grants and denials. An operator reaches every server but deletes nothing of others' making. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  admin: permissions,
  operator: [
    ...userPermissions.filter((name) => !["servers.delete", "files.delete", "backups.delete"].includes(name)),
    "servers.view_all",
    "users.view",
    "system.view_settings",
    "system.view_health",
  ],
  user: userPermissions,
};

/** Effective permissions = (role's defaults ∪ granted) − denied. */
export function effectivePermissions(
  role: Role,
  granted: readonly Permission[],
  denied: readonly Permission[],
): ReadonlySet<Permission> {
  const effective = new Set<Permission>([...rolePermissions[role], ...granted]);
  for (const name of denied) effective.delete(name);
  return effective;
}
