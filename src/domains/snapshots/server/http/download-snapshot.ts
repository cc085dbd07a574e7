import { pipeline } from "node:stream/promises";
import { stripSecrets } from "@/lib/hide-secrets";
import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { recordAudit } from "../../../audit/server/record-audit";
import { downloadFormats } from "../../contract";
import { reachComplete } from "../reach-snapshot";
import type { SnapshotRow } from "../table";

const contentTypes = { "tar.zst": "application/zstd", "tar.gz": "application/gzip", zip: "application/zip" } as const;
type Format = keyof typeof contentTypes;

/** A larger one is none that the game has written. */
const maxPropertiesBytes = 1024 * 1024;

/**
 * `GET /api/snapshots/{id}/download?format=tar.zst|tar.gz|zip`: the snapshot as an archive that is made while it is sent. Torn off when a
 * content is damaged or the right to it goes, so that nobody takes a part for the whole. The RCON password is not in it.
 */
export function downloadSnapshot(place: TransferPlace, transfer: Transfer & { snapshotId: string }): Promise<void> {
  const { request, snapshotId } = transfer;
  return openTransfer(place, transfer, {
    methods: ["GET"],
    action: "snapshots.download",
    check: async (actor) => void (await reachComplete({ ...place.services, actor }, snapshotId, "backups.download")),
    work: async (ctx, signal) => {
      const format = readFormat(new URL(request.url ?? "", "http://x").searchParams.get("format") ?? "tar.zst");
      const { row } = await reachComplete(ctx, snapshotId, "backups.download");
      const release = ctx.snapshots.uses.hold(row.id);
      try {
        await send(ctx, { row, format, signal, ...transfer });
      } finally {
        release();
      }
    },
  });
}

async function send(
  ctx: Ctx,
  { row, format, response, signal }: Transfer & { row: SnapshotRow; format: Format; signal: AbortSignal },
): Promise<void> {
  const archive = await ctx.snapshots.engine.exportArchive({
    id: row.id,
    format,
    signal,
    rewrite: await withoutSecrets(ctx, row),
  });
  await recordAudit(ctx.db, ctx.actor, {
    action: "snapshots.download",
    target: { kind: "snapshot", id: row.id },
    details: { format, serverId: row.serverId, version: row.version },
  });
  response.writeHead(200, {
    "content-type": contentTypes[format],
    "content-disposition": `attachment; filename="${fileName(row, format)}"`,
    "cache-control": "no-store",
  });
  try {
    await pipeline(archive, response);
  } catch (error) {
    response.destroy();
    // Somebody who goes away in the middle is no failure of ours.
    if (isAppError(error) && error.code === "SNAPSHOT_DAMAGED")
      ctx.log.error({ err: error, snapshotId: row.id }, "a download met damage");
  }
}

/** Files that go out otherwise than they are. */
async function withoutSecrets(ctx: Ctx, { id, resource }: SnapshotRow): Promise<ReadonlyMap<string, Buffer>> {
  const path = "server.properties";
  const found =
    resource === "world"
      ? null
      : await ctx.snapshots.engine.readFile({ id, path }).catch((error: unknown) => {
          if (isAppError(error) && error.code === "NOT_FOUND") return null;
          throw error;
        });
  if (!found || found.entry.size > maxPropertiesBytes) return new Map();
  const parts: Buffer[] = [];
  for await (const part of found.content) parts.push(part);
  return new Map([[path, Buffer.from(stripSecrets(path, Buffer.concat(parts).toString("latin1")), "latin1")]]);
}

function fileName({ metadata, resource, version, createdAt }: SnapshotRow, format: Format): string {
  const name = (metadata.serverName ?? "server")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${name || "server"}-${resource}-${version}-${createdAt.toISOString().slice(0, 10)}.${format}`;
}

function readFormat(text: string): Format {
  const format = downloadFormats.find((known) => known === text);
  if (format) return format;
  throw new AppError("VALIDATION_FAILED", `The format is one of ${downloadFormats.join(", ")}.`, {
    issues: [{ path: ["format"], code: "invalid_value", message: downloadFormats.join(", ") }],
  });
}
