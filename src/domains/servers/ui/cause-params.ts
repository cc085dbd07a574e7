/** Every parameter that a sentence of `causes` may name. A sentence says what to write where it is `none`. */
export const causeParamNames = [
  "by",
  "code",
  "description",
  "file",
  "have",
  "holder",
  "kind",
  "name",
  "needed",
  "option",
  "port",
  "required",
  "seconds",
  "signal",
] as const;

/** What was recorded with a cause, as parameters of its sentence: what is missing becomes `none`. */
export function causeParams(params: Record<string, unknown>): Record<(typeof causeParamNames)[number], string> {
  const entries = causeParamNames.map((name) => {
    const value = params[name];
    return [name, (typeof value === "string" && value !== "") || typeof value === "number" ? String(value) : "none"];
  });
  return Object.fromEntries(entries) as Record<(typeof causeParamNames)[number], string>;
}
