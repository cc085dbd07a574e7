import { realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { at, root, say } from "./project.mjs";

const systemFolder = "/var/lib/mcsd";

/**
 * Makes DATA_DIR absolute. The default is data/ beside package.json; but as root the database and the servers run as
 * users of their own, so a project inside a private folder (/root, say) keeps its data in /var/lib/mcsd.
 */
export function settleDataDir() {
  if (process.env.DATA_DIR) {
    process.env.DATA_DIR = resolve(process.env.DATA_DIR);
    return;
  }
  const hidden = process.getuid?.() === 0 ? privateAncestor(realpathSync(root)) : null;
  process.env.DATA_DIR = hidden === null ? at("data") : systemFolder;
  if (hidden === null) return;
  say(
    `data is kept in ${systemFolder}: the database and the servers run as users of their own, who cannot pass through ${hidden} (set DATA_DIR to choose another folder)`,
  );
}

/** The topmost folder that other users may not pass through, or null. */
function privateAncestor(folder) {
  const parent = dirname(folder);
  const above = parent === folder ? null : privateAncestor(parent);
  return above ?? ((statSync(folder).mode & 0o001) === 0 ? folder : null);
}
