import type { Readable } from "node:stream";
import { DataStore, Upload } from "@tus/server";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { withDiskRoom } from "../../../servers/server/owner-limits";
import { lookInside } from "../../../snapshots/server/resolve-resource";
import { filePathSchema } from "../../contract";
import { exists } from "../move-path";
import { reachFiles } from "../reach-files";
import { countUpload, requireUploadRoom, requireUploadSize, uploadLimit } from "../upload-rules";
import { keepMs, type ResumableUpload, resumableUploads } from "./resumable-uploads";

/** Whole ones that are taking their place: until that has an end, nobody may touch them. */
const finishing = new Set<string>();

/** More at once are nobody's ordinary day. */
const mostPerPerson = 200;

/** The library's store for one person and one server: of others' uploads it knows nothing. */
export class TusStore extends DataStore {
  readonly #uploads: ReturnType<typeof resumableUploads>;
  readonly #finishing = new Set<string>();

  constructor(
    readonly ctx: Ctx,
    readonly serverId: string,
  ) {
    super();
    this.extensions = ["creation", "termination", "expiration"];
    this.#uploads = resumableUploads(ctx.dataDir.paths.resumable);
  }

  override async create(asked: Upload): Promise<Upload> {
    const { ctx, serverId } = this;
    const place = await reachFiles(ctx, serverId, "files.upload");
    const path = filePathSchema.safeParse(asked.metadata?.path ?? "").data;
    const { size } = asked;
    if (!path) throw new AppError("PATH_INVALID", "This is no path inside the server's folder.", { field: "path" });
    if (size === undefined) throw new AppError("BAD_REQUEST", "The length has to be known.");
    requireUploadSize(size, uploadLimit(ctx, place.record, path));
    await countUpload(ctx, path);
    await requireUploadRoom(ctx, size);
    const isNew = asked.metadata?.replace !== "yes";
    if (isNew && (await lookInside(place.root, path))) throw exists(path);
    const { count, bytes } = await this.#uploads.underWay(this.#userId());
    if (count >= mostPerPerson)
      throw new AppError("LIMIT_EXCEEDED", "Too many uploads are under way.", { max: mostPerPerson });
    await withDiskRoom(ctx, { ownerId: place.record.ownerId, bytes: bytes + size }, async () => {});
    await this.#uploads.create({
      id: asked.id,
      userId: this.#userId(),
      serverId,
      path,
      size,
      isNew,
      createdAt: ctx.clock.now(),
    });
    // An empty one has its end by now: the library must not look for it to say when it expires.
    if (size === 0) asked.creation_date = undefined;
    return asked;
  }

  override async getUpload(id: string): Promise<Upload> {
    const upload = await this.own(id);
    if (finishing.has(id))
      throw new AppError("SERVER_BUSY", "This upload is just taking its place.", { operation: "upload" });
    const { path, size } = upload;
    // The library counts from here. Asked for first, because asking for the offset may shorten the file.
    const creation_date = (await this.#uploads.lastActive(upload)).toISOString();
    return new Upload({ id, size, offset: await this.#uploads.offset(upload), metadata: { path }, creation_date });
  }

  /** Milliseconds; the library says so in `Upload-Expires`, and refuses what is older. */
  override getExpiration(): number {
    return keepMs;
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const { size } = await this.own(id);
    const end = await this.#uploads.write(id, offset, source);
    if (end === size) {
      finishing.add(id);
      this.#finishing.add(id);
    }
    return end;
  }

  override async remove(id: string): Promise<void> {
    await this.own(id);
    await this.#uploads.remove(id);
  }

  /** NOT_FOUND for what is somebody else's, or of another server. */
  async own(id: string): Promise<ResumableUpload> {
    const upload = await this.#uploads.find(id);
    if (upload && upload.userId === this.#userId() && upload.serverId === this.serverId) return upload;
    throw new AppError("NOT_FOUND", "There is no such upload.");
  }

  /** When the request has an end, whatever it was. */
  release(): void {
    for (const id of this.#finishing) finishing.delete(id);
  }

  partFile(id: string): string {
    return this.#uploads.partFile(id);
  }

  async forget(id: string): Promise<void> {
    await this.#uploads.remove(id);
  }

  #userId(): string {
    const { actor } = this.ctx;
    if (actor.kind === "system") throw new Error("mcsd itself uploads nothing");
    return actor.userId;
  }
}
