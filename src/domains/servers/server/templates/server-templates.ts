import { and, asc, eq } from "drizzle-orm";
import type { z } from "zod";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import {
  type createTemplateInputSchema,
  openProperties,
  type ServerTemplate,
  serverTemplateSchema,
  type TemplateSettings,
  type updateTemplateInputSchema,
} from "../../template-contract";
import { reachServer } from "../policy";
import { readServerProperties } from "../server-properties";
import { serverTemplates } from "../table";

const most = 100;

/** One's own, by name. */
export async function listTemplates(ctx: Ctx): Promise<ServerTemplate[]> {
  const ownerId = requireOwner(ctx);
  const rows = await ctx.db
    .select()
    .from(serverTemplates)
    .where(eq(serverTemplates.ownerId, ownerId))
    .orderBy(asc(serverTemplates.name));
  // What an older version has stored and nobody can use any more is left out.
  return rows.flatMap((row) => serverTemplateSchema.safeParse(row).data ?? []);
}

/** Keeps settings, given or a server's present ones, to make others from. TEMPLATE_EXISTS when one has the name. */
export async function createTemplate(
  ctx: Ctx,
  { name, description, settings, serverId }: z.output<typeof createTemplateInputSchema>,
): Promise<ServerTemplate> {
  const ownerId = requireOwner(ctx);
  const kept = settings ?? (await settingsOf(ctx, serverId ?? ""));
  return ctx.db
    .transaction(async (tx) => {
      if ((await tx.$count(serverTemplates, eq(serverTemplates.ownerId, ownerId))) >= most)
        throw new AppError("LIMIT_EXCEEDED", `There are ${most} templates already.`, { max: most });
      const [row] = await tx.insert(serverTemplates).values({ ownerId, name, description, settings: kept }).returning();
      if (!row) throw new Error("insert returned no row");
      const target = { kind: "template", id: row.id };
      await recordAudit(tx, ctx.actor, { action: "servers.createTemplate", target, details: { name } });
      return serverTemplateSchema.parse(row);
    })
    .catch(explainName(name));
}

export async function updateTemplate(
  ctx: Ctx,
  { templateId, ...changes }: z.output<typeof updateTemplateInputSchema>,
): Promise<ServerTemplate> {
  const ownerId = requireOwner(ctx);
  return ctx.db
    .transaction(async (tx) => {
      const [row] = await tx
        .update(serverTemplates)
        .set({ ...changes, updatedAt: ctx.clock.now() })
        .where(and(eq(serverTemplates.id, templateId), eq(serverTemplates.ownerId, ownerId)))
        .returning();
      if (!row) throw notFound(templateId);
      const details = { name: row.name, fields: Object.keys(changes) };
      const target = { kind: "template", id: templateId };
      await recordAudit(tx, ctx.actor, { action: "servers.updateTemplate", target, details });
      return serverTemplateSchema.parse(row);
    })
    .catch(explainName(changes.name ?? ""));
}

export async function deleteTemplate(ctx: Ctx, { templateId }: { templateId: string }): Promise<void> {
  const ownerId = requireOwner(ctx);
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(serverTemplates)
      .where(and(eq(serverTemplates.id, templateId), eq(serverTemplates.ownerId, ownerId)))
      .returning({ name: serverTemplates.name });
    if (!row) throw notFound(templateId);
    const target = { kind: "template", id: templateId };
    await recordAudit(tx, ctx.actor, { action: "servers.deleteTemplate", target, details: row });
  });
}

async function settingsOf(ctx: Ctx, serverId: string): Promise<TemplateSettings> {
  const record = await reachServer(ctx, serverId, "servers.view");
  const { properties } = await readServerProperties(ctx, { serverId });
  const { type, version, build, memoryMb, cpuLimit, launchKind, javaMajor, jvmArgs, autoStart, tags, description } =
    record;
  return {
    ...{ type, version, memoryMb, cpuLimit, launchKind, javaMajor, jvmArgs, autoStart, tags, description },
    ...(build === null ? {} : { build }),
    properties: openProperties(properties),
  };
}

function requireOwner({ actor }: Pick<Ctx, "actor">): string {
  requirePermission(actor, "servers.create");
  if (actor.kind !== "system") return actor.userId;
  throw new AppError("PERMISSION_MISSING", "A template needs an owner.", { permission: "servers.create" });
}

function notFound(templateId: string): AppError {
  return new AppError("TEMPLATE_NOT_FOUND", "There is no such template.", { templateId });
}

const explainName = (name: string) => (error: unknown) => {
  const cause = (error as { cause?: { code?: string; constraint_name?: string } }).cause;
  if (cause?.code === "23505" && cause.constraint_name === "server_templates_name")
    throw new AppError("TEMPLATE_EXISTS", `There is a template named ${name} already.`, { name });
  throw error;
};
