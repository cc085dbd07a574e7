import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Actor } from "@/server/auth/actor";
import { requirePermission } from "@/server/auth/require-permission";
import { watchRights } from "@/server/auth/watch-rights";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import type { Authenticator } from "@/server/http/authenticate";
import { requireOwnOrigin } from "@/server/http/check-origin";
import type { ClientIdentity } from "@/server/http/client-address";
import { untilDrained } from "@/server/http/until-drained";
import { type AuditFilter, auditFilterSchema } from "../contract";
import { recordAudit } from "./record-audit";
import { listOldest, readHead } from "./repository";
import { csvHead, toCsvLine } from "./to-csv";
import { toExported } from "./to-exported";

interface Place {
  services: Services;
  authenticate: Authenticator;
  client: ClientIdentity;
}

interface Wanted {
  format: "csv" | "jsonl";
  filter: AuditFilter;
}

const rowsPerPage = 500;
const action = "audit.export";
const contentTypes = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const;

/**
 * `GET /api/audit/export?format=csv|jsonl` with the filters of `system.audit`: the rows up to this one's own, oldest first, as a
 * download. `mcsd-audit-head` says where the chain ended then. Cut off when the right to it goes.
 */
export async function exportAudit(
  { services, authenticate, client }: Place,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  if (request.method !== "GET") {
    response.setHeader("allow", "GET");
    throw new AppError("BAD_REQUEST", "Only GET is understood here.");
  }
  const { cookie, authorization } = request.headers;
  requireOwnOrigin(request, { client, allowed: services.env.ALLOWED_ORIGINS });
  const credentials = { cookie, authorization, isHttps: client.protocol === "https" };
  const actor = await authenticate(credentials, client.address);
  const limited = await services.limits.consume(actor, client.address, action);
  if (limited)
    throw new AppError("RATE_LIMITED", `Too many calls. Try again in ${limited.retryAfterSeconds} s.`, limited);
  if (!actor) throw new AppError("SIGN_IN_REQUIRED", "Sign in first, or send an API token.");
  const wanted = await allow(services, actor, request);

  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { shutdown } = services;
  const reauthenticate = () => authenticate.again(credentials, client.address);
  const { signal, release } = watchRights({ actor, reauthenticate, signal: gone.signal, shutdown });
  try {
    await send(services, { actor, wanted, response, signal });
  } finally {
    release();
  }
}

async function allow(services: Services, actor: Actor, request: IncomingMessage): Promise<Wanted> {
  try {
    requirePermission(actor, "system.update_settings");
  } catch (thrown) {
    await services.refusals.record({ actor, action, thrown });
    throw thrown;
  }
  return readQuery(new URL(request.url ?? "", "http://x").searchParams);
}

const dateText = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const querySchema = auditFilterSchema.extend({
  format: z.enum(["csv", "jsonl"]),
  from: dateText.optional(),
  to: dateText.optional(),
});

function readQuery(query: URLSearchParams): Wanted {
  const read = querySchema.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== "")));
  if (read.success) {
    const { format, ...filter } = read.data;
    return { format, filter };
  }
  const issues = read.error.issues.map(({ path, code, message }) => ({ path: path.map(String), code, message }));
  throw new AppError("VALIDATION_FAILED", "Some of the address is not valid.", { issues });
}

async function send(
  { db, clock }: Services,
  { actor, wanted, response, signal }: { actor: Actor; wanted: Wanted; response: ServerResponse; signal: AbortSignal },
): Promise<void> {
  const { format, filter } = wanted;
  await recordAudit(db, actor, { action, details: { format, ...filter } });
  const head = await readHead(db);
  response.writeHead(200, {
    "content-type": contentTypes[format],
    "content-disposition": `attachment; filename="mcsd-audit-${clock.now().toISOString().slice(0, 10)}.${format}"`,
    "cache-control": "no-store",
    "mcsd-audit-head": `${head.seq}:${head.hash}`,
  });
  if (format === "csv") response.write(csvHead);
  for (let after = 0; ; ) {
    const rows = await listOldest(db, { filter, after, upTo: head.seq, limit: rowsPerPage });
    // Torn off, so that nobody takes a part for the whole.
    if (signal.aborted) return void response.destroy();
    const lines = rows.map(toExported).map((row) => (format === "csv" ? toCsvLine(row) : `${JSON.stringify(row)}\n`));
    if (lines.length > 0 && !response.write(lines.join(""))) await untilDrained(response, signal);
    const last = rows.at(-1);
    if (!last || rows.length < rowsPerPage) break;
    after = last.seq;
  }
  response.end();
}
