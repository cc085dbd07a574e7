import { inside, type Look } from "./import-look";

const maxDepth = 5;
const maxFolders = 400;

/**
 * Folders that look like a server's own, the nearest to the top first: with a server.properties, or with an agreement to the EULA beside a
 * jar. What lies inside one of them is not looked through.
 */
export async function findServerRoots(look: Look, top = ""): Promise<string[]> {
  const found: string[] = [];
  let level = [top];
  let seen = 0;
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++seen > maxFolders) return found;
      const entries = await look.names(folder);
      const names = new Set(entries.map(({ name }) => name));
      const hasJar = entries.some(({ name, isFolder }) => !isFolder && name.endsWith(".jar"));
      if (names.has("server.properties") || (names.has("eula.txt") && hasJar)) found.push(folder);
      else for (const { name, isFolder } of entries) if (isFolder) next.push(inside(folder, name));
    }
    level = next;
  }
  return found;
}
