/** As many bytes as a name can have on Linux, and deeper than any server has. */
const maxNameBytes = 255;
const maxDepth = 200;
/** A byte that is no UTF-8 stands for itself as U+DC80 … U+DCFF; half a character is nothing. */
const otherHalf = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udc7f\udd00-\udfff]/;

/** Whether a path, without slashes at its ends, can be meant inside a server's folder; "" is the folder itself. */
export function isFilePath(path: string): boolean {
  if (path === "") return true;
  if (path.includes("\0") || otherHalf.test(path)) return false;
  const names = path.split("/");
  return names.length <= maxDepth && names.every(isName);
}

function isName(name: string): boolean {
  if (name === "" || name === "." || name === "..") return false;
  return name.length <= maxNameBytes && new TextEncoder().encode(name).length <= maxNameBytes;
}
