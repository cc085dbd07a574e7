import type { FileEntry } from "../contract";

/** Stands before two hexadecimal digits of a byte that is no UTF-8: an address cannot hold such a byte itself. */
const mark = "\u{10FFFD}";

/** The page of a file or folder. */
export function fileAddress(serverId: string, path: string): string {
  const parts = path === "" ? [] : path.split("/");
  return [`/servers/${serverId}/files`, ...parts.map((name) => encodeURIComponent(toAddress(name)))].join("/");
}

/** The path that an address stands for; the top of the server's folder where it says none. */
export function pathOfAddress(pathname: string): string {
  const [, rest = ""] = /^\/servers\/[^/]+\/files\/(.+)$/.exec(pathname) ?? [];
  return decodePath(rest.split("/"));
}

/** Parts of an address as the path that they stand for. */
export function decodePath(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map((part) => fromAddress(decodePart(part)))
    .join("/");
}

/** Where the bytes of a file are read; a folder comes as an archive. */
export function downloadAddress(serverId: string, { path, kind }: Pick<FileEntry, "path" | "kind">): string {
  const bytes = path.replace(/[\uDC80-\uDCFF]|[^\uDC80-\uDCFF]+/gu, (part) => {
    const code = part.charCodeAt(0);
    return code >= 0xdc80 && code <= 0xdcff
      ? `%${(code - 0xdc00).toString(16).toUpperCase()}`
      : encodeURIComponent(part);
  });
  return `/api/servers/${serverId}/files?path=${bytes}${kind === "folder" ? "&format=zip" : ""}`;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function toAddress(name: string): string {
  return name
    .replaceAll(mark, `${mark}00`)
    .replace(/[\uDC80-\uDCFF]/gu, (byte) => mark + (byte.charCodeAt(0) - 0xdc00).toString(16));
}

function fromAddress(text: string): string {
  return text.replace(new RegExp(`${mark}(00|[89a-f][0-9a-f])`, "gu"), (_, hex: string) =>
    hex === "00" ? mark : String.fromCharCode(0xdc00 + Number.parseInt(hex, 16)),
  );
}
