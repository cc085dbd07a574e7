import { z } from "zod";
import { serverTypeSchema } from "../versions/contract";

/** What a server runs, as far as its files have to fit it. */
export const serverRunsSchema = z.object({
  type: serverTypeSchema,
  version: z.string().min(1).max(64),
  build: z.string().max(64).nullable(),
  requiredJava: z.number().int().min(1).max(99),
  /** The jar as installed; null: a person's own. */
  jar: z
    .object({
      algorithm: z.enum(["sha1", "sha256"]),
      checksum: z.string().max(64),
      size: z.number(),
      mtimeMs: z.number(),
    })
    .nullable(),
  /** Null: `server.jar`. */
  program: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("jar"), file: z.string().max(1024) }),
      z.object({ kind: z.literal("args"), files: z.array(z.string().max(1024)).max(20) }),
    ])
    .nullable(),
});
export type ServerRuns = z.infer<typeof serverRunsSchema>;
