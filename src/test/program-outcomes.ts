import { eq } from "drizzle-orm";
import type { Permission } from "@/domains/auth/permissions";
import { users } from "@/domains/users/server/table";
import { type Client, createClient } from "@/trpc/node-client";
import type { Program } from "./program";
import { addPerson, type Person, type PersonOptions } from "./program-people";

/** `ok`, or the code of the refusal. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "ok";
  } catch (error) {
    return (error as { data?: { error?: { code?: string } } }).data?.error?.code ?? String(error);
  }
}

export type Acting = Person & { client: Client };

/** A person with rights beside or below those of their role, and a client of theirs. */
export async function addActing(
  program: Pick<Program, "db" | "url">,
  options: PersonOptions & { granted?: Permission[]; denied?: Permission[] } = {},
): Promise<Acting> {
  const { granted = [], denied = [], ...others } = options;
  const person = await addPerson(program.db, others);
  await program.db.update(users).set({ granted, denied }).where(eq(users.id, person.id));
  return { ...person, client: createClient({ url: program.url, token: person.token }) };
}
