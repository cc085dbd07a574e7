import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { at, root } from "./project.mjs";

const folders = ["src", "public"];
const files = ["next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package-lock.json", "scripts/build.mjs"];
const isForTests = (path) => /\.test\.tsx?$/.test(path) || path === join("src", "test");

/** Everything that a build is made of. Tests are not. */
function sources() {
  const found = files.filter((file) => existsSync(at(file)));
  const walk = (folder) => {
    for (const entry of readdirSync(at(folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (isForTests(path)) continue;
      if (entry.isDirectory()) walk(path);
      else found.push(path);
    }
  };
  for (const folder of folders) if (existsSync(at(folder))) walk(folder);
  return found.sort();
}

/** Next writes these variables into the pages. */
function publicVariables() {
  return Object.entries(process.env)
    .filter(([name]) => name.startsWith("NEXT_PUBLIC_"))
    .sort();
}

function digest(factsOf) {
  const hash = createHash("sha256").update(JSON.stringify(publicVariables()));
  for (const path of sources())
    hash
      .update(`${relative(root, at(path))}\0`)
      .update(factsOf(at(path)))
      .update("\0");
  return hash.digest("hex");
}

/** Fast: sizes and times. Equal means nothing changed. */
export function timesStamp() {
  return digest((path) => {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  });
}

/** Sure: the content, for when a checkout or a copy changed only the times. */
export function contentStamp() {
  return digest((path) => readFileSync(path));
}
