import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { filePlace } from "../../files/server/reach-files";
import { etagOf } from "../../files/server/read-bytes";
import { putBytes } from "../../files/server/write-file";
import { managedPropertiesOf } from "../contract";
import { reachServer } from "./policy";
import { editPropertiesBytes, parseProperties } from "./properties-file";
import type { ServerRecord } from "./repository";
import { openServerFolder } from "./server-folder";

export interface ServerProperties {
  /** server.properties without the keys that mcsd decides. */
  properties: Record<string, string>;
  managed: string[];
}

const path = "server.properties";

export async function readServerProperties(ctx: Ctx, input: { serverId: string }): Promise<ServerProperties> {
  const record = await reachServer(ctx, input.serverId, "servers.view");
  const { root, uid } = filePlace(ctx, record);
  return present(record, (await openServerFolder(root, uid).read(path)) ?? "");
}

/**
 * Sets the given keys of a stopped server; comments, order and all other keys stay, byte for byte, and the previous content is kept in the
 * file's history.
 */
export async function updateServerProperties(
  ctx: Ctx,
  input: { serverId: string; properties: Record<string, string> },
): Promise<ServerProperties> {
  const record = await reachServer(ctx, input.serverId, "servers.update");
  const managed = managedPropertiesOf(record.type);
  const refused = Object.keys(input.properties).find((key) => managed.includes(key));
  if (refused) {
    throw new AppError("VALIDATION_FAILED", refusal(refused), {
      issues: [{ path: ["properties", refused], code: "managed", message: "managed" }],
    });
  }
  const { tracked, release } = ctx.supervisor.lock(record.id, "update");
  try {
    ctx.supervisor.requireAction(tracked, "update");
    const place = filePlace(ctx, record);
    const folder = openServerFolder(place.root, place.uid);
    const there = await folder.readBytes(path);
    const bytes = editPropertiesBytes(there ?? Buffer.alloc(0), new Map(Object.entries(input.properties)));
    await putBytes(ctx, {
      place,
      path,
      bytes,
      reason: "save",
      action: "servers.updateProperties",
      details: { keys: Object.keys(input.properties) },
      expected: there && etagOf(there),
    });
    return present(record, (await folder.read(path)) ?? "");
  } finally {
    release();
  }
}

function refusal(key: string): string {
  const what = key.startsWith("management-server-")
    ? "mcsd itself uses the game's management service."
    : "Change the server's port in its settings.";
  return `${key} is set by mcsd itself. ${what}`;
}

function present({ type }: ServerRecord, text: string): ServerProperties {
  const managed = managedPropertiesOf(type);
  const properties = Object.fromEntries(
    [...parseProperties(text)].filter(([key]) => !managed.includes(key) && !/password|secret/.test(key)),
  );
  return { properties, managed: [...managed] };
}
