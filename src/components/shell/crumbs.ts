/** Parts of an address below a section that have a name of their own (`nav.crumbs`). */
export const crumbNames = [
  "new",
  "import",
  "console",
  "properties",
  "settings",
  "activity",
  "members",
  "players",
  "files",
  "snapshots",
  "schedule",
  "permissions",
  "security",
  "sessions",
  "tokens",
] as const;
export type CrumbName = (typeof crumbNames)[number];

export type Crumb =
  | { kind: "section"; name: (typeof sections)[number]; href: string }
  | { kind: "server"; serverId: string; href: string }
  | { kind: "snapshot"; snapshotId: string; href: string }
  | { kind: "group"; groupId: string; href: string }
  | { kind: "user"; userId: string; href: string }
  | { kind: "page"; name: CrumbName; href: string };

const sections = ["servers", "groups", "players", "versions", "users", "audit", "system", "account"] as const;

/** The way to a page, from its address. Parts that are not known are left out. */
export function crumbsOf(pathname: string): Crumb[] {
  const crumbs: Crumb[] = [];
  let href = "";
  for (const part of pathname.split("/").filter(Boolean)) {
    href += `/${part}`;
    const section = crumbs.length === 0 ? sections.find((name) => name === part) : undefined;
    const page = crumbNames.find((name) => name === part);
    if (section) crumbs.push({ kind: "section", name: section, href });
    else if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(part)) crumbs.push(thingOf(part, href));
    else if (page) crumbs.push({ kind: "page", name: page, href });
    // What follows is a path of the server's folder, whatever its names are; the files page shows it.
    if (page === "files") break;
  }
  return crumbs;
}

function thingOf(id: string, href: string): Crumb {
  if (href.startsWith("/groups/")) return { kind: "group", groupId: id, href };
  if (href.startsWith("/users/")) return { kind: "user", userId: id, href };
  if (href.endsWith(`/snapshots/${id}`)) return { kind: "snapshot", snapshotId: id, href };
  return { kind: "server", serverId: id, href };
}
