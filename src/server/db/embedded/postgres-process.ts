/**
 * How every PostgreSQL program is started: as the database's user (null: the one that runs mcsd), with nothing of mcsd's
 * environment. NODE_ENV is there only because Next's types demand it of every environment.
 */
export function postgresProcess(user: { uid: number; gid: number } | null) {
  return { ...user, cwd: "/", env: { NODE_ENV: "production", TZ: "UTC", LC_ALL: "C" } } as const;
}

/** A numeric user of our own, with the group of the same number. */
export function userOf(uid: number | null): { uid: number; gid: number } | null {
  return uid === null ? null : { uid, gid: uid };
}
