import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import type { LaunchKind } from "../../launch/contract";

/** VALIDATION_FAILED on `launchKind`, with what stands in the way, when servers of that kind cannot be run here at the moment. */
export async function requireKind(ctx: Pick<Ctx, "strategies">, kind: LaunchKind): Promise<LaunchKind> {
  const { isAvailable, problem, message } = await ctx.strategies[kind].check({ isWanted: true });
  if (isAvailable) return kind;
  const sentence = message ?? `Servers of the kind ${kind} cannot be run here (${problem}).`;
  throw new AppError("VALIDATION_FAILED", sentence, {
    issues: [{ path: ["launchKind"], code: `kind_${problem}`, message: `kind_${problem}` }],
  });
}
