/** Endings of the files that may be uploaded: servers, configuration, worlds, icons. Administrators may widen the list; `*` is every file. */
export const defaultUploadTypes = [
  ".jar",
  ".zip",
  ".tar",
  ".tar.gz",
  ".tgz",
  ".tar.zst",
  ".properties",
  ".yml",
  ".yaml",
  ".json",
  ".toml",
  ".txt",
  ".conf",
  ".cfg",
  ".png",
];
const archives = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst"];

export function isUploadType(name: string, types: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return types.some((type) => type === "*" || lower.endsWith(type));
}

export function isArchiveName(name: string): boolean {
  return isUploadType(name, archives);
}
