import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { errorBodyOf } from "./error-body";
import { issueMessage } from "./issue-message";

interface Issue {
  path: (string | number)[];
  code: string;
  message: string;
  limit?: string | number;
  given?: unknown;
}

/**
 * Puts the findings of the server at the fields they are about and the focus on the first. False when none belongs to a
 * field of this form, so that the error has to be shown elsewhere.
 */
export function setFieldErrors<Values extends FieldValues>(
  form: UseFormReturn<Values, unknown, unknown>,
  error: unknown,
): boolean {
  const issues = (errorBodyOf(error)?.details.issues ?? []) as Issue[];
  let isPlaced = false;
  for (const { path, code, message, limit, given } of issues) {
    const field = path.join(".");
    if (!(String(path[0]) in form.getValues())) continue;
    const origin = typeof given === "string" ? "string" : Array.isArray(given) ? "array" : "number";
    const found = issueMessage(
      { code: code as "custom", message, origin, minimum: limit, maximum: limit },
      given ?? message,
    );
    form.setError(field as FieldPath<Values>, { type: code, ...found }, { shouldFocus: !isPlaced });
    isPlaced = true;
  }
  return isPlaced;
}
