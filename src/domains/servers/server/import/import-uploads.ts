import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { DataStore, Upload } from "@tus/server";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { keepMs, type ResumableUpload, resumableUploads } from "../../../files/server/upload/resumable-uploads";
import { countUpload, requireUploadRoom, requireUploadSize } from "../../../files/server/upload-rules";
import { isArchiveName } from "../../../files/upload-types";

const mb = 1024 * 1024;
/** More at once are nobody's ordinary day. */
const mostPerPerson = 5;
/** These are for no server yet. */
const noServer = "00000000-0000-0000-0000-000000000000";

/** The library's store for archives that one person sends to make servers of. A whole one stays until it is imported, or for 24 hours. */
export class ImportUploads extends DataStore {
  readonly #uploads: ReturnType<typeof resumableUploads>;

  constructor(readonly ctx: Ctx) {
    super();
    this.extensions = ["creation", "termination", "expiration"];
    this.#uploads = resumableUploads(ctx.dataDir.paths.imports);
  }

  override async create(asked: Upload): Promise<Upload> {
    const { ctx } = this;
    const name = asked.metadata?.filename ?? "";
    const { size } = asked;
    if (!isArchiveName(name))
      throw new AppError("FILE_TYPE_REFUSED", "Servers are imported from archives.", { path: name });
    if (!size) throw new AppError("BAD_REQUEST", "The length has to be known.");
    requireUploadSize(size, ctx.env.ARCHIVE_MAX_SIZE_MB * mb);
    await countUpload(ctx, name);
    await requireUploadRoom(ctx, size);
    if ((await this.#uploads.underWay(this.#userId())).count >= mostPerPerson)
      throw new AppError("LIMIT_EXCEEDED", "Too many uploads are under way.", { max: mostPerPerson });
    await this.#uploads.create({
      ...{ id: asked.id, userId: this.#userId(), serverId: noServer, path: name.slice(0, 255), size },
      isNew: true,
      createdAt: ctx.clock.now(),
    });
    return asked;
  }

  override async getUpload(id: string): Promise<Upload> {
    const upload = await this.own(id);
    const offset = (await stat(this.#uploads.partFile(id))).size;
    const creation_date = (await this.#uploads.lastActive(upload)).toISOString();
    return new Upload({ id, size: upload.size, offset, metadata: { filename: upload.path }, creation_date });
  }

  /** Milliseconds; the library says so in `Upload-Expires`, and refuses what is older. */
  override getExpiration(): number {
    return keepMs;
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    await this.own(id);
    return this.#uploads.write(id, offset, source);
  }

  override async remove(id: string): Promise<void> {
    await this.own(id);
    await this.#uploads.remove(id);
  }

  /** NOT_FOUND for what is somebody else's. */
  async own(id: string): Promise<ResumableUpload> {
    const upload = await this.#uploads.find(id);
    if (upload && upload.userId === this.#userId()) return upload;
    throw new AppError("NOT_FOUND", "There is no such upload.");
  }

  #userId(): string {
    const { actor } = this.ctx;
    if (actor.kind === "system") throw new Error("mcsd itself uploads nothing");
    return actor.userId;
  }
}
