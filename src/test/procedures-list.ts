import { appRouter } from "@/server/trpc/root";
import type { ProcedureType } from "./program-calls";

export interface ListedProcedure {
  path: string;
  type: ProcedureType;
}

/** Every procedure that exists, by what the router itself says. */
export function listProcedures(): ListedProcedure[] {
  const known: unknown = appRouter._def.procedures;
  return Object.entries(known as Record<string, { _def: { type: ProcedureType } }>).map(([path, { _def }]) => ({
    path,
    type: _def.type,
  }));
}
