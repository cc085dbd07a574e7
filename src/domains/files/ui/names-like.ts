import { errorBodyOf } from "@/components/error-body";
import type { useTRPCClient } from "@/trpc/client";
import { splitName } from "./manager/free-name";
import { joinPath } from "./path-parts";

const atOnce = 200;

type Files = Pick<ReturnType<typeof useTRPCClient>["files"], "list" | "stat">;

/** This name and its numbered kin, as far as a folder holds them, however large it is: `notes.txt`, `notes (2).txt` … */
export async function namesLike(
  files: Files,
  place: { serverId: string; path: string },
  name: string,
): Promise<Set<string>> {
  const found = new Set<string>();
  const own = { serverId: place.serverId, path: joinPath(place.path, name) };
  if (await isThere(files.stat.query(own))) found.add(name);
  const begin = `${splitName(name)[0]} (`;
  for (let after = begin; ; ) {
    const part = await files.list.query({ ...place, after, limit: atOnce });
    // Lists are in the order of characters: those that begin alike lie together.
    const alike = part.filter((entry) => entry.name.startsWith(begin));
    for (const entry of alike) found.add(entry.name);
    const last = alike.at(-1);
    if (!last || alike.length < atOnce) return found;
    after = last.name;
  }
}

function isThere(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => true,
    (error) => {
      if (errorBodyOf(error)?.code === "PATH_NOT_FOUND") return false;
      throw error;
    },
  );
}
