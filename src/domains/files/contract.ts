import { z } from "zod";
import { isFilePath } from "@/lib/is-file-path";
import { isStorableName } from "./is-storable-name";

/**
 * A path inside a server's folder, `/` between names; the folder itself is empty. A leading or trailing slash is taken away, because
 * nothing but the server's folder can be meant. Bytes of a name that are no UTF-8 are lone surrogates U+DC80 … U+DCFF.
 */
export const filePathSchema = z
  .string()
  .max(4096)
  .transform((path) => path.replace(/^\/+|\/+$/g, ""))
  .refine(isFilePath, { message: "path" });
/** A path whose last name is made by somebody: one that also other systems can hold. */
export const newPathSchema = filePathSchema.refine((path) => isStorableName(path.slice(path.lastIndexOf("/") + 1)), {
  message: "fileName",
});

/** `link`: symbolic, never followed. `special`: FIFO, socket or device, never opened. */
export const fileKinds = ["file", "folder", "link", "special"] as const;
export const fileEntrySchema = z.object({
  name: z.string(),
  /** From the server's folder. */
  path: z.string(),
  kind: z.enum(fileKinds),
  /** Bytes; 0 for what is no file. */
  size: z.number(),
  modifiedAt: z.date(),
  /** Permission bits. */
  mode: z.number().int(),
  /** Where a link points to, as written in it, and whether that is inside the server's folder. */
  link: z.object({ target: z.string(), isInside: z.boolean() }).optional(),
  /** The game writes to it while it runs: what is changed here meanwhile may be overwritten. */
  isLive: z.boolean().optional(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

export const fileEncodings = ["utf8", "utf8-bom", "utf16le", "latin1"] as const;
export const lineEnds = ["lf", "crlf", "mixed"] as const;
/** Text of a file. `etag` is the hex SHA-256 of its bytes; with a part of the file, of that part. */
export const fileTextSchema = z.object({
  path: z.string(),
  content: z.string(),
  etag: z.string(),
  encoding: z.enum(fileEncodings),
  lineEnd: z.enum(lineEnds),
  /** Of the whole file, in bytes. */
  size: z.number(),
  modifiedAt: z.date(),
  /** Where the part begins and ends, in bytes, when only a part was asked for: it begins and ends between characters. */
  part: z.object({ start: z.number(), end: z.number() }).optional(),
  isLive: z.boolean(),
  /** Values of secrets are shown as ********; saved as such they stay what they are. */
  hasHiddenSecrets: z.boolean(),
});
export type FileText = z.infer<typeof fileTextSchema>;

/** Largest text that is read and saved as a whole, and largest part of a larger one. */
export const maxTextBytes = 5 * 1024 * 1024;
export const maxPartBytes = 512 * 1024;
/** Most entries of one answer of `files.list`. */
export const maxListed = 10_000;
/** Previous contents that are kept of one file. */
export const keptVersions = 20;

const serverId = z.uuid();
export const pathInputSchema = z.object({ serverId, path: filePathSchema });
export const listFilesInputSchema = z.object({
  serverId,
  path: filePathSchema.default(""),
  /** The last name of the part before: names come in the order of their characters. */
  after: z.string().max(1024).optional(),
  limit: z.number().int().min(1).max(maxListed).default(maxListed),
});
export const readFileInputSchema = z.object({
  serverId,
  path: filePathSchema,
  /** Byte to begin at, and how many: for files that are too large to be read at once. Negative: from the end. */
  start: z.number().int().optional(),
  length: z.number().int().min(1).max(maxPartBytes).optional(),
});
export const writeFileInputSchema = z.object({
  serverId,
  path: filePathSchema,
  content: z.string().max(maxTextBytes),
  /** Of the content that was read: FILE_CHANGED when it is another by now. Null: there must be none yet. Left out: whatever is there is replaced. */
  etag: z.string().max(64).nullable().optional(),
  /** Left out: as it is, UTF-8 for a new one. */
  encoding: z.enum(fileEncodings).optional(),
});
export const newFolderInputSchema = z.object({ serverId, path: newPathSchema });
export const movePathInputSchema = z.object({ serverId, path: filePathSchema, to: newPathSchema });
export const copyPathInputSchema = movePathInputSchema.extend({
  /** True (default) answers the entry; false a job. */
  wait: z.boolean().default(true),
});
const manyPaths = z.array(filePathSchema).min(1).max(1000);
export const moveManyInputSchema = z.object({ serverId, paths: manyPaths, to: filePathSchema });
export const deleteManyInputSchema = z.object({ serverId, paths: manyPaths });
/** What happened to each of several paths. A failure of one does not stop the others. */
export const manyResultSchema = z.object({
  done: z.array(z.object({ path: z.string(), entry: fileEntrySchema, trashId: z.uuid().optional() })),
  failed: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});
export type ManyResult = z.infer<typeof manyResultSchema>;

/** An entry that was deleted; it can be brought back from the trash for 7 days. */
export type DeletedEntry = FileEntry & { trashId: string };
export const trashItemSchema = z.object({
  trashId: z.uuid(),
  /** Where it lay. */
  path: z.string(),
  kind: z.enum(fileKinds),
  /** Bytes of the file; null for a folder. */
  size: z.number().nullable(),
  deletedAt: z.date(),
  deletedBy: z.string(),
});
export type TrashItem = z.infer<typeof trashItemSchema>;
export const trashInputSchema = z.object({ serverId });
export const restoreTrashInputSchema = z.object({
  serverId,
  trashId: z.uuid(),
  /** Left out: where it lay. */
  to: newPathSchema.optional(),
});
/** Left out: everything. */
export const emptyTrashInputSchema = z.object({ serverId, trashId: z.uuid().optional() });

export const archiveFormats = ["zip", "tar", "tar.gz", "tar.zst"] as const;
export const extractInputSchema = z.object({
  serverId,
  /** The archive. */
  path: filePathSchema,
  /** A folder; made when it is not there. */
  to: filePathSchema,
  wait: z.boolean().optional(),
});
export const compressInputSchema = z.object({
  serverId,
  paths: manyPaths,
  /** The archive to make; its ending says which kind: .zip, .tar, .tar.gz or .tar.zst. */
  to: newPathSchema,
  wait: z.boolean().optional(),
});

/** Why a previous content was kept. */
export const versionReasons = ["save", "upload", "delete", "extract", "rollback"] as const;
export const fileVersionSchema = z.object({
  snapshotId: z.uuid(),
  version: z.number().int(),
  size: z.number(),
  /** When it was replaced, and by whom. */
  createdAt: z.date(),
  createdBy: z.string(),
  reason: z.enum(versionReasons),
});
export type FileVersion = z.infer<typeof fileVersionSchema>;
export const versionInputSchema = z.object({ serverId, path: filePathSchema, snapshotId: z.uuid() });

export const searchInputSchema = z.object({
  serverId,
  /** The folder to look in. */
  path: filePathSchema.default(""),
  text: z.string().min(1).max(200),
  /** In names, or in the lines of text files. */
  where: z.enum(["names", "contents"]).default("names"),
  matchCase: z.boolean().default(false),
  limit: z.number().int().min(1).max(1000).default(200),
});
export const searchResultSchema = z.object({
  matches: z.array(
    z.object({
      entry: fileEntrySchema,
      /** For contents: 1-based line and column, and the line (shortened around the place). */
      line: z.number().int().optional(),
      column: z.number().int().optional(),
      text: z.string().optional(),
    }),
  ),
  searchedFiles: z.number().int(),
  /** False when it ended at the limit of matches, files or time: there may be more. */
  isComplete: z.boolean(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

/** What a folder holds, counted. */
export const folderSizeSchema = z.object({ bytes: z.number(), files: z.number().int(), isComplete: z.boolean() });
export type FolderSize = z.infer<typeof folderSizeSchema>;
