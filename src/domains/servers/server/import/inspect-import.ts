import type { z } from "zod";
import { takeTurns } from "@/lib/take-turns";
import type { Ctx } from "@/server/context";
import type { ImportFindings, inspectImportInputSchema, listImportFoldersInputSchema } from "../../import-contract";
import { createLook, inside } from "./import-look";
import { requireImportRoot, requireSource, withSource } from "./import-source";
import { inspectFolder } from "./inspect-folder";

/** Unpacking takes the machine: one at a time for each person. */
const inTurn = takeTurns();

/** What an archive or a folder holds, for a person to confirm. Nothing is kept of it. */
export async function inspectImport(
  ctx: Ctx,
  { source, root }: z.output<typeof inspectImportInputSchema>,
): Promise<ImportFindings> {
  await requireSource(ctx, source);
  const who = ctx.actor.kind === "system" ? "" : ctx.actor.userId;
  return inTurn(who, async () => {
    const { findings } = await withSource(ctx, source, { signal: ctx.shutdown }, (place) =>
      inspectFolder(place, { root, readSqlite: ctx.readSqlite }),
    );
    return findings;
  });
}

/** The folders inside one below IMPORT_ROOT, to choose from; null where there is no such folder to begin with. */
export async function listImportFolders(
  ctx: Ctx,
  { path }: z.output<typeof listImportFoldersInputSchema>,
): Promise<{ root: string; folders: { name: string; path: string; isServer: boolean }[] }> {
  const root = requireImportRoot(ctx);
  const look = createLook(root, ctx.readSqlite);
  const folders = (await look.names(path)).filter(({ isFolder }) => isFolder).slice(0, 1000);
  return {
    root,
    folders: await Promise.all(
      folders.map(async ({ name }) => {
        const at = inside(path, name);
        return { name, path: at, isServer: await look.has(inside(at, "server.properties")) };
      }),
    ),
  };
}
