import { type Role, roles } from "@/domains/auth/permissions";
import { type UserState, userStates } from "../contract";

export interface UsersFilter {
  search: string;
  role: Role | null;
  state: UserState | null;
}

const oneOf = <Name extends string>(names: readonly Name[], value: string | null): Name | null =>
  names.find((name) => name === value) ?? null;

/** The filter that an address asks for; what cannot be understood is left out. */
export function readUsersFilter(query: URLSearchParams): UsersFilter {
  return {
    search: (query.get("q") ?? "").trim().slice(0, 64),
    role: oneOf(roles, query.get("role")),
    state: oneOf(userStates, query.get("state")),
  };
}

export function writeUsersFilter({ search, role, state }: UsersFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (search) query.set("q", search);
  if (role) query.set("role", role);
  if (state) query.set("state", state);
  return query;
}

/** The input of `users.list` for a filter, always in the same form: pages fetched ahead are found again. */
export function usersListInput({ search, role, state }: UsersFilter) {
  return { limit: 50, ...(search && { search }), ...(role && { role }), ...(state && { state }) };
}

/** The input of `users.list` for the queue of those who wait. */
export const waitingInput = { state: "waiting", limit: 20 } as const;
