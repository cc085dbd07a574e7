import type { Ctx } from "@/server/context";
import type { EngineHealth, HealthCheck } from "../contract";

const dockerKinds = ["dood", "dind"] as const;

/** Asks each engine how it is, and says whom that concerns. */
export function readEngines(ctx: Ctx): Promise<EngineHealth[]> {
  const servers = ctx.supervisor.all().map(({ record }) => record.launchKind);
  return Promise.all(
    dockerKinds.map(async (kind) => ({
      ...(await ctx.strategies[kind].check()),
      kind,
      servers: servers.filter((found) => found === kind).length,
      isDefault: ctx.env.DEFAULT_LAUNCH_STRATEGY === kind,
    })),
  );
}

/** An engine that nobody uses is no fault where it is missing. */
export function checkDocker(engines: readonly EngineHealth[]): HealthCheck {
  const used = engines.filter(({ servers, isDefault }) => servers > 0 || isDefault);
  const failing = used.filter(({ isAvailable }) => !isAvailable);
  if (failing.length > 0) return { name: "docker", status: "fail", detail: "failing", params: {} };
  const version = engines.find(({ isAvailable, engine }) => isAvailable && engine)?.engine?.version;
  if (version) return { name: "docker", status: "ok", detail: "available", params: { version } };
  const isReady = engines.some(({ isAvailable }) => isAvailable);
  if (isReady) return { name: "docker", status: "ok", detail: "ready", params: {} };
  const isMissing = engines.find(({ kind }) => kind === "dood")?.problem === "engine_unreachable";
  return { name: "docker", status: "ok", detail: isMissing ? "missing" : "unusable", params: {} };
}
