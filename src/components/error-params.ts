/** Every parameter that a sentence of `errors` may name. A sentence says what to write where it is `none`. */
export const errorParamNames = [
  "argument",
  "given",
  "holder",
  "host",
  "layer",
  "limit",
  "limitMb",
  "max",
  "permission",
  "port",
  "required",
  "retryAfterSeconds",
  "state",
  "subdomain",
  "value",
  "version",
  "file",
] as const;

/** The details of an error as parameters of its sentence: what is missing becomes `none`, so that no sentence breaks. */
export function errorParams(
  details: Record<string, unknown>,
): Record<(typeof errorParamNames)[number], string | number> {
  return Object.fromEntries(
    errorParamNames.map((name) => {
      const value = details[name];
      return [name, (typeof value === "string" && value !== "") || typeof value === "number" ? value : "none"];
    }),
  ) as Record<(typeof errorParamNames)[number], string | number>;
}
