import { can, router } from "@/server/trpc/procedures";
import { readHealth } from "./read-health";

export const systemRouter = router({
  health: can("system.view_health").query(({ ctx }) => readHealth(ctx.verb)),
});
