import type { Permission, Role } from "@/domains/auth/permissions";

/** What every call of a person's carries. */
export interface Person {
  userId: string;
  username: string;
  role: Role;
  isApproved: boolean;
  permissions: ReadonlySet<Permission>;
  /** Other people's servers that are shared with this person, and what they may do with each. */
  shared: ReadonlyMap<string, ReadonlySet<Permission>>;
  /** A second factor is asked of the role and there is none: nothing but the account itself can be reached. */
  mustEnrol: boolean;
  /** When the password (or more) was last given for this session or token; null: never. */
  authenticatedAt: Date | null;
  address: string;
}

/** Who acts: a person in a browser, a person's script, or mcsd itself. */
export type Actor =
  | (Person & { kind: "user"; sessionId: string })
  | (Person & { kind: "token"; tokenId: string; tokenName: string; scopes: readonly Permission[] | null })
  | { kind: "system"; name: string };

export type PersonActor = Exclude<Actor, { kind: "system" }>;

/** The actor of mcsd's own work; may do everything, and the audit log names it. */
export function systemActor(name: string): Actor {
  return { kind: "system", name };
}
