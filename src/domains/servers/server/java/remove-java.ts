import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import { listServerRecords } from "../repository";
import { type ListedJava, listJava, usesJava } from "./list-java";

/** Removes a Java that mcsd has fetched. Throws JAVA_NOT_INSTALLED, or JAVA_IN_USE with the servers that run with it. */
export async function removeJava(ctx: Ctx, { javaMajor }: { javaMajor: number }): Promise<ListedJava[]> {
  requirePermission(ctx.actor, "system.update_settings");
  const { installations } = await ctx.java.rescan();
  const ofMajor = installations.filter(({ major }) => major === javaMajor);
  if (!ofMajor.some(({ source }) => source === "data"))
    throw new AppError("JAVA_NOT_INSTALLED", `mcsd has installed no Java ${javaMajor}.`, { required: javaMajor });
  const users = (await listServerRecords(ctx.db, null)).filter((record) => usesJava(record, javaMajor));
  // Where there is another one, those that stand still lose nothing.
  const hinders = users.filter(({ state }) => ofMajor.length < 2 || state !== "stopped");
  if (hinders.length > 0) {
    const servers = hinders.slice(0, 20).map(({ name }) => name);
    throw new AppError(
      "JAVA_IN_USE",
      `Java ${javaMajor} is used by ${hinders.length} servers: ${servers.join(", ")}.`,
      {
        required: javaMajor,
        count: hinders.length,
        servers,
      },
    );
  }
  await ctx.db.transaction((tx) =>
    recordAudit(tx, ctx.actor, { action: "servers.removeJava", details: { javaMajor } }),
  );
  await ctx.javaInstaller.remove(javaMajor);
  return listJava(ctx, { isFresh: true });
}
