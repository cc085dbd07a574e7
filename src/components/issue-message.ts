import type { z } from "zod";

/** A key of `common.validation` and the numbers of its sentence. */
export interface IssueMessage {
  message: string;
  values?: Record<string, number>;
}

type Issue = Pick<z.core.$ZodIssue, "code" | "message"> & {
  origin?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  expected?: unknown;
};

/** What to say about one finding of zod, here or sent by the server. `given` is what the field held. */
export function issueMessage(issue: Issue, given: unknown): IssueMessage {
  const isEmpty = given === undefined || given === null || given === "" || Number.isNaN(given);
  if (isEmpty && ["too_small", "invalid_type", "invalid_value"].includes(issue.code)) return { message: "required" };
  if (issue.code === "too_small")
    return { message: sizeKey(issue.origin, "small"), values: { min: Number(issue.minimum) } };
  if (issue.code === "too_big")
    return { message: sizeKey(issue.origin, "big"), values: { max: Number(issue.maximum) } };
  if (issue.code === "invalid_type") {
    if (issue.expected === "int") return { message: "not_an_integer" };
    return { message: issue.expected === "number" ? "not_a_number" : "invalid" };
  }
  // Our contracts name their own rules by a key instead of a sentence.
  if (/^[a-z]+(_[a-z]+)*$/.test(issue.message)) return { message: issue.message };
  return { message: "invalid" };
}

function sizeKey(origin: unknown, side: "small" | "big"): string {
  if (origin === "string") return side === "small" ? "too_short" : "too_long";
  if (origin === "array" || origin === "set") return side === "small" ? "too_few_items" : "too_many_items";
  return `too_${side}`;
}
