import { finish } from "@/server/trpc/finish";
import { can, router } from "@/server/trpc/procedures";
import {
  compressInputSchema,
  copyPathInputSchema,
  deleteManyInputSchema,
  emptyTrashInputSchema,
  extractInputSchema,
  listFilesInputSchema,
  moveManyInputSchema,
  movePathInputSchema,
  newFolderInputSchema,
  pathInputSchema,
  readFileInputSchema,
  restoreTrashInputSchema,
  searchInputSchema,
  trashInputSchema,
  versionInputSchema,
  writeFileInputSchema,
} from "../contract";
import { deleteMany, moveMany } from "./change-many";
import { compressFiles } from "./compress-files";
import { copyPath } from "./copy-path";
import { createFolder } from "./create-folder";
import { deletePath } from "./delete-path";
import { extractFiles } from "./extract/extract-files";
import { listVersions, readVersion, rollBack } from "./history/versions";
import { listFiles, statFile } from "./list-files";
import { measurePath } from "./measure-path";
import { movePath } from "./move-path";
import { readNbt } from "./nbt/read-nbt";
import { readTextFile } from "./read-file";
import { searchFiles } from "./search-files";
import { emptyTrash } from "./trash/empty-trash";
import { listTrash } from "./trash/list-trash";
import { restoreFromTrash } from "./trash/restore-from-trash";
import { writeTextFile } from "./write-file";

export const filesRouter = router({
  list: can("files.view")
    .input(listFilesInputSchema)
    .query(({ ctx, input }) => listFiles(ctx.verb, input)),
  stat: can("files.view")
    .input(pathInputSchema)
    .query(({ ctx, input }) => statFile(ctx.verb, input)),
  read: can("files.view")
    .input(readFileInputSchema)
    .query(({ ctx, input }) => readTextFile(ctx.verb, input)),
  nbt: can("files.view")
    .input(pathInputSchema)
    .query(({ ctx, input }) => readNbt(ctx.verb, input)),
  measure: can("files.view")
    .input(pathInputSchema)
    .query(({ ctx, input }) => measurePath(ctx.verb, input)),
  search: can("files.view")
    .input(searchInputSchema)
    .query(({ ctx, input, signal }) => searchFiles(ctx.verb, input, signal ?? ctx.verb.shutdown)),
  history: can("files.view")
    .input(pathInputSchema)
    .query(({ ctx, input }) => listVersions(ctx.verb, input)),
  version: can("files.view")
    .input(versionInputSchema)
    .query(({ ctx, input }) => readVersion(ctx.verb, input)),
  trash: can("files.view")
    .input(trashInputSchema)
    .query(({ ctx, input }) => listTrash(ctx.verb, input)),
  write: can("files.edit")
    .input(writeFileInputSchema)
    .mutation(({ ctx, input }) => writeTextFile(ctx.verb, input)),
  createFolder: can("files.edit")
    .input(newFolderInputSchema)
    .mutation(({ ctx, input }) => createFolder(ctx.verb, input)),
  move: can("files.edit")
    .input(movePathInputSchema)
    .mutation(({ ctx, input }) => movePath(ctx.verb, input)),
  moveMany: can("files.edit")
    .input(moveManyInputSchema)
    .mutation(({ ctx, input }) => moveMany(ctx.verb, input)),
  copy: can("files.edit")
    .input(copyPathInputSchema)
    .mutation(async ({ ctx, input }) => finish(await copyPath(ctx.verb, input), input.wait)),
  extract: can("files.edit")
    .input(extractInputSchema)
    .mutation(async ({ ctx, input }) => finish(await extractFiles(ctx.verb, input), input.wait)),
  compress: can("files.edit")
    .input(compressInputSchema)
    .mutation(async ({ ctx, input }) => finish(await compressFiles(ctx.verb, input), input.wait)),
  rollback: can("files.edit")
    .input(versionInputSchema)
    .mutation(({ ctx, input }) => rollBack(ctx.verb, input)),
  restoreTrash: can("files.edit")
    .input(restoreTrashInputSchema)
    .mutation(({ ctx, input }) => restoreFromTrash(ctx.verb, input)),
  delete: can("files.delete")
    .input(pathInputSchema)
    .mutation(({ ctx, input }) => deletePath(ctx.verb, input)),
  deleteMany: can("files.delete")
    .input(deleteManyInputSchema)
    .mutation(({ ctx, input }) => deleteMany(ctx.verb, input)),
  emptyTrash: can("files.delete")
    .input(emptyTrashInputSchema)
    .mutation(({ ctx, input }) => emptyTrash(ctx.verb, input)),
});
