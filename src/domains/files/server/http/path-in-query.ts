import { AppError } from "@/server/errors";
import { pathFromBytes } from "@/server/fs/path-bytes";
import { filePathSchema } from "../../contract";

/** The `path` of an address: percent-encoded bytes, so that also names that are no UTF-8 can be said. */
export function pathInQuery(url: string | undefined): string {
  const raw = /[?&]path=([^&#]*)/.exec(url ?? "")?.[1] ?? "";
  const read = filePathSchema.safeParse(pathFromBytes(decodePercent(raw.replaceAll("+", " "))));
  if (read.success) return read.data;
  throw new AppError("PATH_INVALID", "This is no path inside the server's folder.", { field: "path" });
}

function decodePercent(text: string): Buffer {
  const parts: Buffer[] = [];
  for (const [part] of text.matchAll(/%[0-9a-f]{2}|[^%]+|%/gi))
    parts.push(
      /^%[0-9a-f]{2}$/i.test(part) ? Buffer.of(Number.parseInt(part.slice(1), 16)) : Buffer.from(part, "utf8"),
    );
  return Buffer.concat(parts);
}
