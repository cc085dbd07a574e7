import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rawTar } from "../archives/raw-tar";

/** What no answer may hold, and no change may touch. */
export const canary = "canary-4f9a1c-of-somebody-else";

/** Plants a tree with the canary, in an archive too. */
export function plantOutside(folder: string): void {
  mkdirSync(join(folder, "sub"), { recursive: true });
  for (const name of ["secret", "victim.txt", "sub/deep.txt"]) writeFileSync(join(folder, name), `${canary}\n`);
  writeFileSync(join(folder, "victim.tar"), rawTar([{ name: `${canary}.txt`, content: canary }]));
}

/** Names, kinds, modes, times and contents of a tree, as one text. */
export function describeTree(folder: string): string {
  const lines: string[] = [];
  const visit = (path: string, shown: string) => {
    const { mode, mtimeMs, uid } = lstatSync(path);
    const kind = mode & 0o170000;
    const content =
      kind === 0o100000
        ? createHash("sha256").update(readFileSync(path)).digest("hex")
        : kind === 0o120000
          ? readlinkSync(path)
          : "";
    lines.push(`${shown} ${mode.toString(8)} ${uid} ${mtimeMs} ${content}`);
    if (kind === 0o040000) for (const name of readdirSync(path).sort()) visit(join(path, name), `${shown}/${name}`);
  };
  visit(folder, "");
  return lines.join("\n");
}
