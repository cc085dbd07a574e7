import type { Actor } from "@/server/auth/actor";
import type { Services } from "@/server/context";
import type { Permission } from "../../auth/permissions";
import { reachServer } from "../../servers/server/policy";
import type { ServerRecord } from "../../servers/server/repository";
import { serverUid } from "../../servers/server/server-uid";
import { uidBaseOf } from "../../servers/server/uid-base";

/** A server's folder that somebody may work in. */
export interface FilePlace {
  record: ServerRecord;
  /** Absolute. */
  root: string;
  /** Whose the files are; null for mcsd's own user. */
  uid: number | null;
}

type Ports = Pick<Services, "db" | "dataDir" | "env">;

export async function reachFiles(
  ctx: Ports & { actor: Actor },
  serverId: string,
  permission: Extract<Permission, `files.${string}`>,
): Promise<FilePlace> {
  return filePlace(ctx, await reachServer(ctx, serverId, permission));
}

export function filePlace({ dataDir, env }: Omit<Ports, "db">, record: ServerRecord): FilePlace {
  return { record, root: dataDir.paths.serverFolder(record.id), uid: serverUid(uidBaseOf(env), record) };
}
