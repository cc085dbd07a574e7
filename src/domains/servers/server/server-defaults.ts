import { totalmem } from "node:os";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { launchKinds } from "../../launch/contract";
import { suggestPort } from "./allocate-ports";
import { listPorts } from "./repository";

/** What the create page needs to suggest and to check while typing. */
export async function serverDefaults(ctx: Ctx) {
  requirePermission(ctx.actor, "servers.create");
  const taken = new Set((await listPorts(ctx.db)).map((entry) => entry.port));
  return {
    port: await suggestPort(taken, ctx.env.PORT_RANGE),
    portRange: ctx.env.PORT_RANGE,
    memoryTotalMb: Math.floor(totalmem() / 1024 / 1024),
    launchKinds: await Promise.all(launchKinds.map((kind) => ctx.strategies[kind].check())),
    defaultLaunchKind: ctx.env.DEFAULT_LAUNCH_STRATEGY,
    javaMajors: [...new Set((await ctx.java.list()).installations.map((installation) => installation.major))].sort(
      (a, b) => a - b,
    ),
  };
}
