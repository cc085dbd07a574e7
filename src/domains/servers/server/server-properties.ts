import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { managedProperties } from "../contract";
import { reachServer } from "./policy";
import { editProperties, parseProperties } from "./properties-file";
import { openServerFolder } from "./server-folder";
import { serverUid } from "./server-uid";
import { uidBaseOf } from "./uid-base";

export interface ServerProperties {
  /** server.properties without the keys that mcsd decides. */
  properties: Record<string, string>;
  managed: string[];
}

const managed = new Set<string>(managedProperties);

export async function readServerProperties(ctx: Ctx, input: { serverId: string }): Promise<ServerProperties> {
  const record = await reachServer(ctx, input.serverId, "servers.view");
  const folder = openServerFolder(ctx.dataDir.paths.serverFolder(record.id), serverUid(uidBaseOf(ctx.env), record));
  return present((await folder.read("server.properties")) ?? "");
}

/** Sets the given keys of a stopped server; comments, order and all other keys stay. */
export async function updateServerProperties(
  ctx: Ctx,
  input: { serverId: string; properties: Record<string, string> },
): Promise<ServerProperties> {
  const record = await reachServer(ctx, input.serverId, "servers.update");
  const refused = Object.keys(input.properties).find((key) => managed.has(key));
  if (refused) {
    throw new AppError(
      "VALIDATION_FAILED",
      `${refused} is set by mcsd itself. Change the server's port in its settings.`,
      {
        issues: [{ path: ["properties", refused], code: "managed", message: "managed" }],
      },
    );
  }
  const { tracked, release } = ctx.supervisor.lock(record.id, "update");
  try {
    ctx.supervisor.requireAction(tracked, "update");
    await ctx.db.transaction((tx) =>
      recordAudit(tx, ctx.actor, {
        action: "servers.updateProperties",
        target: { kind: "server", id: record.id },
        details: { keys: Object.keys(input.properties) },
      }),
    );
    const folder = openServerFolder(ctx.dataDir.paths.serverFolder(record.id), serverUid(uidBaseOf(ctx.env), record));
    const text = editProperties(
      (await folder.read("server.properties")) ?? "",
      new Map(Object.entries(input.properties)),
    );
    await folder.write("server.properties", text);
    return present(text);
  } finally {
    release();
  }
}

function present(text: string): ServerProperties {
  const properties = Object.fromEntries(
    [...parseProperties(text)].filter(([key]) => !managed.has(key) && !/password|secret/.test(key)),
  );
  return { properties, managed: [...managedProperties] };
}
