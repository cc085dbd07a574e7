import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { AppError } from "@/server/errors";

/** What an address asks for; values that are empty count as left out. VALIDATION_FAILED with the fields. */
export function readQuery<Schema extends z.ZodType>(request: IncomingMessage, schema: Schema): z.output<Schema> {
  const query = new URL(request.url ?? "", "http://x").searchParams;
  const read = schema.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== "")));
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, code, message }) => ({ path: path.map(String), code, message }));
  throw new AppError("VALIDATION_FAILED", "Some of the address is not valid.", { issues });
}
