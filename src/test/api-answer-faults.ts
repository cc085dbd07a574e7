import { errorCodes, errorStatus } from "@/lib/error-codes";
import type { Answer } from "./program-calls";

/** What no answer may show: our own code, the database's language, places on this machine. */
const leaks =
  /\n\s+at |node_modules|\.[jt]s:\d+|\bselect "|\binsert into "|\bupdate "|violates|syntax error|invalid input syntax|\/tmp\/|ECONN|ENOENT|password_hash|\$argon2/i;
/** Transport refusals keep HTTP's own words for them. */
const transportStatus = new Set([405, 408, 413, 415, 431]);

/** What is wrong with an answer, or null: never a 5xx, never a leak, and every refusal in the one form. */
export function faultOf({ status, error, text, headers }: Answer): string | null {
  if (status >= 500) return `status ${status}: ${text.slice(0, 300)}`;
  const leak = leaks.exec(text)?.[0];
  if (leak !== undefined) return `shows ${JSON.stringify(leak)}: ${text.slice(0, 300)}`;
  if (error === null) return status < 400 ? null : `status ${status} without an error: ${text.slice(0, 300)}`;
  if (!(error.code in errorCodes)) return `unknown code ${error.code}: ${text.slice(0, 300)}`;
  const category = errorCodes[error.code];
  if (error.code === "INTERNAL") return `INTERNAL: ${text.slice(0, 300)}`;
  if (error.details?.category !== category) return `${error.code} has the category ${error.details?.category}`;
  if (!/^[0-9a-f-]{36}$/.test(error.requestId))
    return `${error.code} has the request id ${JSON.stringify(error.requestId)}`;
  if (error.requestId !== headers.get("x-request-id")) return `${error.code}: the header names another request`;
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(error.timestamp)) return `${error.code} has the time ${error.timestamp}`;
  if (!error.message) return `${error.code} says nothing`;
  const isRight = status === errorStatus[category] || transportStatus.has(status);
  return isRight ? null : `${error.code} came with status ${status}`;
}
