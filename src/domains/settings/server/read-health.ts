import { statfs } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { listVersionTypes } from "../../versions/server/list-version-types";
import type { HealthCheck, SystemHealth } from "../contract";
import { checkDocker, readEngines } from "./check-docker";

const lowShare = 0.2;
const emptyShare = 0.05;

/** The state of what mcsd depends on, each with what to do when it is not well. */
export async function readHealth(ctx: Ctx): Promise<SystemHealth> {
  requirePermission(ctx.actor, "system.view_health");
  const engines = readEngines(ctx);
  const checks = await Promise.all([
    checkDatabase(ctx),
    checkDisk(ctx),
    checkJava(ctx),
    checkUpstreams(ctx),
    checkIsolation(),
    engines.then(checkDocker),
  ]);
  return { version: ctx.version, uptimeSeconds: Math.floor(process.uptime()), checks, engines: await engines };
}

async function checkDatabase(ctx: Ctx): Promise<HealthCheck> {
  const startedAt = performance.now();
  const [row] = await ctx.db.execute<{ version: string }>(sql`select current_setting('server_version') as version`);
  const ms = Math.round((performance.now() - startedAt) * 10) / 10;
  const detail = ctx.env.DATABASE_URL ? "external" : "embedded";
  return { name: "database", status: "ok", detail, params: { version: row?.version ?? "?", ms } };
}

async function checkDisk(ctx: Ctx): Promise<HealthCheck> {
  const { bavail, blocks, bsize } = await statfs(ctx.dataDir.root);
  const freeBytes = bavail * bsize;
  const totalBytes = blocks * bsize;
  const share = freeBytes / totalBytes;
  const status = share < emptyShare ? "fail" : share < lowShare ? "warn" : "ok";
  return {
    name: "disk",
    status,
    detail: status === "ok" ? "enough" : "low",
    params: { freeBytes, totalBytes, folder: ctx.dataDir.root },
  };
}

async function checkJava(ctx: Ctx): Promise<HealthCheck> {
  const majors = [...new Set((await ctx.java.list()).installations.map((installation) => installation.major))].sort(
    (a, b) => a - b,
  );
  const found = majors.length > 0;
  return {
    name: "java",
    status: found ? "ok" : "fail",
    detail: found ? "found" : "none",
    params: { majors: majors.join(", ") },
  };
}

async function checkUpstreams(ctx: Ctx): Promise<HealthCheck> {
  const types = await listVersionTypes({ db: ctx.db, sources: ctx.versionRefresher.sources });
  const failing = types.filter(({ sourceState }) => sourceState?.lastError).map(({ type }) => type);
  return {
    name: "upstreams",
    status: failing.length > 0 ? "warn" : "ok",
    detail: failing.length > 0 ? "failing" : "good",
    params: { types: failing.join(", ") },
  };
}

/** Whether servers run under users of their own (mcsd is root) or with mcsd's own rights. */
async function checkIsolation(): Promise<HealthCheck> {
  const isRoot = process.getuid?.() === 0;
  return { name: "isolation", status: isRoot ? "ok" : "warn", detail: isRoot ? "separate" : "shared", params: {} };
}
