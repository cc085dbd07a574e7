import { randomBytes } from "node:crypto";
import type { Permission, Role } from "@/domains/auth/permissions";
import { insertUser } from "@/domains/auth/server/repository";
import { hashToken } from "@/domains/auth/server/resolve-actor";
import { insertToken } from "@/domains/auth/server/token-repository";
import { hashPassword } from "@/server/auth/password";
import type { Database } from "@/server/db/connect";
import { type Client, createClient } from "@/trpc/node-client";

export interface Person {
  id: string;
  username: string;
  /** With all the person's rights, unless scopes were given. */
  token: string;
}

export interface PersonOptions {
  role?: Role;
  /** Left out: nobody can sign in with a password. */
  password?: string;
  isApproved?: boolean;
  isActive?: boolean;
  scopes?: Permission[] | null;
}

let count = 0;

/** A user with a token, straight in the database. */
export async function addPerson(db: Database, options: PersonOptions = {}): Promise<Person> {
  const { role = "user", password, isApproved = true, isActive = true, scopes = null } = options;
  const username = `${role}-${++count}-${randomBytes(3).toString("hex")}`;
  const passwordHash = password === undefined ? "" : await hashPassword(password);
  const { id } = await insertUser(db, { username, passwordHash, role, isApproved, isActive });
  return { id, username, token: await addToken(db, id, scopes) };
}

export async function addToken(db: Database, userId: string, scopes: Permission[] | null = null): Promise<string> {
  const token = `mcsd_${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(Date.now() + 3_600_000);
  await insertToken(db, { userId, name: "test", hash: hashToken(token), scopes, expiresAt });
  return token;
}

export async function clientOf(program: { url: string; db: Database }, options?: PersonOptions): Promise<Client> {
  const { token } = await addPerson(program.db, options);
  return createClient({ url: program.url, token });
}
