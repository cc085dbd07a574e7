/** True for the failure that passes by itself. Errors cross from the program by their code, never by their class. */
export function isDatabaseDown(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "DATABASE_UNAVAILABLE";
}
