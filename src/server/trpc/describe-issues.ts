import type { ZodError } from "zod";

export interface IssueDescription {
  path: (string | number)[];
  /** zod's name of the constraint, or the custom refinement's message. */
  code: string;
  message: string;
  /** The limit that was broken, where there is one. */
  limit?: string | number;
  /** What was given, shortened; never for secrets. */
  given?: string | number | boolean | null;
}

const secretKeys = /password|secret|totp|token/i;

/** Names the field, the constraint and what was given, for at most 20 issues. */
export function describeIssues(error: ZodError, input: unknown): IssueDescription[] {
  return error.issues.slice(0, 20).map((issue) => {
    const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
    const limit = "maximum" in issue ? issue.maximum : "minimum" in issue ? issue.minimum : undefined;
    const described: IssueDescription = { path, code: issue.code, message: issue.message };
    if (limit !== undefined) described.limit = typeof limit === "bigint" ? String(limit) : limit;
    const given = path.some((part) => secretKeys.test(String(part))) ? undefined : shorten(lookUp(input, path));
    if (given !== undefined) described.given = given;
    return described;
  });
}

function lookUp(input: unknown, path: (string | number)[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

function shorten(value: unknown): string | number | boolean | null | undefined {
  if (typeof value === "string") return value.length > 100 ? `${value.slice(0, 100)}…` : value;
  return typeof value === "number" || typeof value === "boolean" || value === null ? value : undefined;
}
