/** The uid (and gid) under which the embedded database runs when mcsd is root. Needs no entry in /etc/passwd. */
export const databaseUid = 199_999;
