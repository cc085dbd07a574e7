import { z } from "zod";
import { type AuditFilter, auditResults } from "../contract";

/** What the page filters by; empty text and null are no filter. Times are moments, whatever the viewer's zone. */
export interface AuditPageFilter {
  search: string;
  actorId: string | null;
  /** `servers.start`, or `servers` for all about them. */
  action: string | null;
  targetId: string | null;
  result: (typeof auditResults)[number] | null;
  from: Date | null;
  to: Date | null;
}

export const noAuditFilter: AuditPageFilter = {
  search: "",
  actorId: null,
  action: null,
  targetId: null,
  result: null,
  from: null,
  to: null,
};

function moment(text: string | null): Date | null {
  const date = text && /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text) : null;
  return date && !Number.isNaN(date.getTime()) ? date : null;
}

/** The filter that an address asks for; what cannot be understood is left out. */
export function readAuditFilter(query: URLSearchParams): AuditPageFilter {
  const actorId = query.get("who");
  const action = query.get("action");
  return {
    search: (query.get("q") ?? "").trim().slice(0, 100),
    actorId: z.uuid().safeParse(actorId).success ? actorId : null,
    action: action && /^[A-Za-z0-9._-]{1,64}$/.test(action) ? action : null,
    targetId: query.get("target")?.slice(0, 100) || null,
    result: auditResults.find((name) => name === query.get("result")) ?? null,
    from: moment(query.get("from")),
    to: moment(query.get("to")),
  };
}

export function writeAuditFilter(filter: AuditPageFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.search) query.set("q", filter.search);
  if (filter.actorId) query.set("who", filter.actorId);
  if (filter.action) query.set("action", filter.action);
  if (filter.targetId) query.set("target", filter.targetId);
  if (filter.result) query.set("result", filter.result);
  if (filter.from) query.set("from", filter.from.toISOString());
  if (filter.to) query.set("to", filter.to.toISOString());
  return query;
}

/** The filter as the server takes it, always in the same form: pages fetched ahead are found again. */
export function auditInput({ search, ...rest }: AuditPageFilter): AuditFilter {
  const set = Object.entries(rest).filter(([, value]) => value !== null);
  return { ...(search && { search }), ...Object.fromEntries(set) };
}

export function isAuditFiltered(filter: AuditPageFilter): boolean {
  return Object.keys(auditInput(filter)).length > 0;
}

/** Where the export of what is filtered is read. */
export function exportPath(filter: AuditPageFilter, format: "csv" | "jsonl"): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(auditInput(filter)))
    query.set(name, value instanceof Date ? value.toISOString() : String(value));
  return `/api/audit/export?${query}`;
}

/** The input of `system.audit` for a filter. */
export function auditPageInput(filter: AuditPageFilter) {
  return { ...auditInput(filter), limit: 50 };
}
