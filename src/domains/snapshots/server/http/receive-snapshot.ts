import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { receiveBody } from "@/server/http/receive-body";
import { sendJson } from "@/server/http/send-json";
import { reachServer } from "../../../servers/server/policy";
import type { ServerRecord } from "../../../servers/server/repository";
import { downloadFormats, snapshotPathSchema } from "../../contract";
import { importSnapshot } from "../import-snapshot";
import { toSnapshot } from "../repository";
import { requireRoomForManual } from "../require-room";

const querySchema = z.object({
  /** What it is, if one wants it refused when it is something else: the bytes themselves tell. */
  format: z.enum(downloadFormats).optional(),
  resource: z.enum(["server_full", "world"]).default("server_full"),
  path: snapshotPathSchema.optional(),
  note: z.string().trim().max(500).optional(),
});

/**
 * `PUT /api/servers/{id}/snapshots/import?format=…&resource=…&path=…&note=…`: an archive becomes a snapshot of type `imported`, which can be
 * looked into, compared and restored like any other. Nothing of the server is touched.
 */
export function receiveSnapshot(place: TransferPlace, transfer: Transfer & { serverId: string }): Promise<void> {
  const { request, response, serverId } = transfer;
  return openTransfer(place, transfer, {
    methods: ["PUT"],
    action: "snapshots.import",
    check: async (actor) => {
      for (const permission of ["files.upload", "backups.create"] as const)
        await reachServer({ actor, db: place.services.db }, serverId, permission);
    },
    work: async (ctx, signal) => {
      const record = await reachServer(ctx, serverId, "backups.create");
      const wanted = readQuery(new URL(request.url ?? "", "http://x").searchParams);
      const limited = await ctx.limits.consumeUpload(ctx.actor);
      if (limited)
        throw new AppError("RATE_LIMITED", `Too many uploads. Try again in ${limited.retryAfterSeconds} s.`, limited);
      await requireRoomForManual(ctx, record);
      sendJson(response, 200, toSnapshot(await receive(ctx, { record, wanted, request, signal })));
    },
  });
}

async function receive(
  ctx: Ctx,
  options: {
    record: ServerRecord;
    wanted: z.output<typeof querySchema>;
    request: IncomingMessage;
    signal: AbortSignal;
  },
) {
  const { record, wanted, request, signal } = options;
  const limitMb = ctx.env.ARCHIVE_MAX_SIZE_MB;
  const limit = limitMb * 1024 * 1024;
  const tooLarge = () =>
    new AppError("FILE_TOO_LARGE", `The archive is larger than the ${limitMb} MB that ARCHIVE_MAX_SIZE_MB allows.`, {
      limitMb,
    });
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  const archive = ctx.dataDir.paths.upload(randomUUID());
  const file = await open(archive, "wx", 0o600);
  try {
    let bytes = 0;
    try {
      const write = async (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > limit) throw tooLarge();
        await file.writeFile(chunk);
      };
      await receiveBody(request, write, signal);
    } finally {
      await file.close();
    }
    return await importSnapshot(ctx, { record, archive, signal, ...wanted });
  } finally {
    await rm(archive, { force: true });
  }
}

function readQuery(query: URLSearchParams): z.output<typeof querySchema> {
  const read = querySchema.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== "")));
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, code, message }) => ({ path: path.map(String), code, message }));
  throw new AppError("VALIDATION_FAILED", "Some of the address is not valid.", { issues });
}
