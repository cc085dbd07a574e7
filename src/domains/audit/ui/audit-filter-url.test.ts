import { expect, it } from "vitest";
import { auditFilterSchema } from "../contract";
import {
  auditInput,
  exportPath,
  isAuditFiltered,
  noAuditFilter,
  readAuditFilter,
  writeAuditFilter,
} from "./audit-filter-url";

const full = {
  search: "ada & co",
  actorId: "0198c0de-0000-7000-8000-00000000000a",
  action: "servers.start",
  targetId: "0198c0de-0000-7000-8000-00000000000b",
  result: "refused",
  from: new Date("2026-01-01T00:00:00Z"),
  to: new Date("2026-02-01T12:30:00Z"),
} as const;
const read = (query: string) => readAuditFilter(new URLSearchParams(query));

it("reads what it wrote, and gives it to the server as the contract wants it", () => {
  expect(read(writeAuditFilter(full).toString())).toEqual(full);
  expect(auditFilterSchema.parse(auditInput(full))).toEqual(full);
});

it("leaves out what an address cannot mean", () => {
  expect(read("who=me&action=%2F..&result=perhaps&from=soon&to=2026-99-01T00:00Z&q=%20")).toEqual(noAuditFilter);
  expect(isAuditFiltered(noAuditFilter)).toBe(false);
  expect(writeAuditFilter(noAuditFilter).toString()).toBe("");
});

it("exports what is filtered", () => {
  expect(exportPath(noAuditFilter, "csv")).toBe("/api/audit/export?format=csv");
  const query = new URL(exportPath(full, "jsonl"), "http://x").searchParams;
  expect(Object.fromEntries(query)).toEqual({
    ...full,
    format: "jsonl",
    from: "2026-01-01T00:00:00.000Z",
    to: "2026-02-01T12:30:00.000Z",
  });
});
