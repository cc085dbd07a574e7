import { toNestErrors } from "@hookform/resolvers";
import type { FieldError, FieldValues, Resolver } from "react-hook-form";
import { z } from "zod";
import { issueMessage } from "./issue-message";

/**
 * Checks a form by a schema of a contract. Each field's error is a key of `common.validation` with its numbers, which
 * FormMessage puts into the reader's language.
 */
export function zodResolver<Input extends FieldValues, Output>(
  schema: z.ZodType<Output, Input>,
): Resolver<Input, unknown, Output> {
  return async (values, _context, options) => {
    const result = await z.safeParseAsync(schema, values);
    if (result.success) return { values: result.data, errors: {} };
    const errors: Record<string, FieldError> = {};
    for (const issue of result.error.issues) {
      const path = issue.path.join(".") || "root";
      errors[path] ??= { type: issue.code, ...issueMessage(issue, issue.path.reduce<unknown>(valueAt, values)) };
    }
    return { values: {}, errors: toNestErrors(errors, options) };
  };
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
}
