import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { errorBodyOf } from "@/components/error-body";
import { setFieldErrors } from "@/components/set-field-errors";
import type { ErrorText } from "@/components/use-error-text";

/** Codes that are about one field. */
const fieldOfCode: Readonly<Record<string, string>> = {
  PORT_TAKEN: "port",
  NO_PORT_LEFT: "port",
  SUBDOMAIN_TAKEN: "subdomain",
  VERSION_NOT_FOUND: "version",
  JAVA_NOT_FOUND: "javaMajor",
  JVM_ARGUMENT_REFUSED: "jvmArgs",
  EULA_NOT_ACCEPTED: "acceptEula",
  CONFIRMATION_MISMATCH: "confirm",
};

interface Failure {
  /** What a call threw, or the `error` of a job. */
  error: unknown;
  /** The same in words. */
  text: ErrorText;
  /** Fields that the form has; others are not marked. */
  fields: readonly string[];
}

/** The fields that a refusal is about, in the server's order. Empty if it is about none of the form's. */
export function faultyFields({ error, text, fields }: Failure): string[] {
  const details = errorBodyOf(error)?.details ?? (error as { details?: Record<string, unknown> } | null)?.details;
  const issues = Array.isArray(details?.issues) ? (details.issues as { path?: unknown }[]) : [];
  const named = issues.map(({ path }) => (Array.isArray(path) ? String(path[0]) : String(path ?? "")));
  const found = [fieldOfCode[text.code] ?? "", ...named].filter((name) => fields.includes(name));
  return [...new Set(found)];
}

/** Shows a refusal at its fields, the first of them with the focus. False if it is about none of them. */
export function applyServerFaults<Values extends FieldValues>(
  form: UseFormReturn<Values, unknown, unknown>,
  failure: Failure,
): boolean {
  // What the server found in single values is said value by value.
  if (failure.text.code === "VALIDATION_FAILED" && setFieldErrors(form, failure.error)) return true;
  const found = faultyFields(failure);
  found.forEach((name, index) => {
    form.setError(
      name as FieldPath<Values>,
      { type: "server", message: failure.text.text },
      { shouldFocus: index === 0 },
    );
  });
  return found.length > 0;
}
