/** What the database's own words may quote: whole rows, with password hashes and sealed secrets in them. */
const quoting = ["params", "parameters", "args", "detail", "where"] as const;

/**
 * An error, described for the log, without the values of a failed query: drizzle writes them into its message, and so into the
 * stack; PostgreSQL quotes the row that a constraint has refused.
 */
export function withoutValues<Described extends object>(described: Described, error: Error): Described {
  const values = valuesIn(error);
  return clean(described, (text) =>
    values.reduce((left, value) => left.replaceAll(`params: ${value}`, "params: […]"), text),
  );
}

function valuesIn(error: Error): string[] {
  const found: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if ("params" in at) found.push(String(at.params));
  }
  return found.filter((value) => value !== "");
}

function clean<Described extends object>(described: Described, without: (text: string) => string): Described {
  for (const name of quoting) Reflect.deleteProperty(described, name);
  for (const [name, value] of Object.entries(described)) {
    if (typeof value === "string") Reflect.set(described, name, without(value));
    else if (typeof value === "object" && value !== null && "stack" in value) clean(value, without);
  }
  return described;
}
