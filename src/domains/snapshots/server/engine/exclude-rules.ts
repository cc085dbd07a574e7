/**
 * What a copy of a running server leaves out: locks, logs, caches, and what can be fetched again.
 * Patterns: without a slash a name at any depth, with one a path from the root; `*` within a name, `**` across folders;
 * a slash at the end means folders only.
 */
export const usualExcludes: readonly string[] = [
  "session.lock",
  "/logs/",
  "/cache/",
  "/crash-reports/",
  "/debug/",
  "/libraries/",
  "/versions/",
  "/.fabric/",
  "/.mixin.out/",
  "/*.jar",
  "*.tmp",
  "hs_err_pid*",
  ".rcon-cli.*",
];

/** A test for paths. An excluded folder is excluded with everything in it, so its contents are never asked about. */
export function compileExcludes(patterns: readonly string[]): (path: string, isFolder: boolean) => boolean {
  const rules = patterns.map((pattern) => {
    const isForFolders = pattern.endsWith("/");
    const body = pattern.replace(/\/$/, "");
    const isAnchored = body.includes("/");
    const source = body
      .replace(/^\//, "")
      .split(/(\*\*\/|\*\*|\*|\?)/)
      .map(translate)
      .join("");
    return { isForFolders, test: new RegExp(`${isAnchored ? "^" : "(?:^|/)"}${source}$`, "su") };
  });
  return (path, isFolder) => rules.some(({ isForFolders, test }) => (isFolder || !isForFolders) && test.test(path));
}

function translate(part: string): string {
  if (part === "**/") return "(?:.*/)?";
  if (part === "**") return ".*";
  if (part === "*") return "[^/]*";
  if (part === "?") return "[^/]";
  return part.replace(/[\\^$.+()[\]{}|]/g, "\\$&");
}
