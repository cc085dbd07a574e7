import { auditRouter } from "@/domains/audit/server/router";
import { authRouter } from "@/domains/auth/server/router";
import { consoleRouter } from "@/domains/console/server/router";
import { filesRouter } from "@/domains/files/server/router";
import { groupsRouter } from "@/domains/groups/server/router";
import { jobsRouter } from "@/domains/jobs/server/router";
import { metricsRouter, serverMetricsRouter } from "@/domains/metrics/server/router";
import { playersRouter } from "@/domains/players/server/router";
import { serversRouter } from "@/domains/servers/server/router";
import { systemRouter } from "@/domains/settings/server/router";
import { snapshotsRouter } from "@/domains/snapshots/server/router";
import { usersRouter } from "@/domains/users/server/router";
import { versionsRouter } from "@/domains/versions/server/router";
import { t } from "./init";
import { router } from "./procedures";

export const appRouter = router({
  auth: authRouter,
  console: consoleRouter,
  files: filesRouter,
  groups: groupsRouter,
  jobs: jobsRouter,
  metrics: metricsRouter,
  players: playersRouter,
  servers: t.mergeRouters(serversRouter, serverMetricsRouter),
  system: t.mergeRouters(systemRouter, auditRouter),
  users: usersRouter,
  snapshots: snapshotsRouter,
  versions: versionsRouter,
});

export type AppRouter = typeof appRouter;

export const createCaller = t.createCallerFactory(appRouter);
export type AppCaller = ReturnType<typeof createCaller>;
