import type { Permission, Role } from "@/domains/auth/permissions";

interface Person {
  userId: string;
  username: string;
  role: Role;
  isApproved: boolean;
  permissions: ReadonlySet<Permission>;
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
