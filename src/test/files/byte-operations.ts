import type { FileCaller, FileOperation } from "./file-operations";
import { unpackedText } from "./unpacked-text";

/** The byte routes: a file sent and fetched, parts of it, folders as archives, uploads in pieces. */
export const byteOperations: Readonly<Record<string, FileOperation>> = {
  put: (caller, path) => send(caller, "PUT", filesAt(caller, path), { body: "written" }),
  get: (caller, path) => send(caller, "GET", filesAt(caller, path)),
  // As a program writes it that escapes only what it must: `%2e` is a dot then.
  getUnescaped: (caller, path) =>
    send(
      caller,
      "GET",
      `/api/servers/${caller.serverId}/files?path=${path.toWellFormed().replace(/[^!-~]|[#&]/g, encodeURIComponent)}`,
    ),
  getRange: (caller, path) => send(caller, "GET", filesAt(caller, path), { headers: { range: "bytes=-40" } }),
  getZip: (caller, path) => send(caller, "GET", `${filesAt(caller, path)}&format=zip`),
  getTarGz: (caller, path) => send(caller, "GET", `${filesAt(caller, path)}&format=tar.gz`),
  tusCreate: (caller, path) => withUpload(caller, path, async () => {}),
  tusFinish: (caller, path) =>
    withUpload(caller, path, async (location) => {
      for (const [offset, body] of [
        [0, "writ"],
        [4, "ten"],
      ] as const)
        await send(caller, "PATCH", location, {
          headers: {
            ...tusHeaders,
            "content-type": "application/offset+octet-stream",
            "upload-offset": String(offset),
          },
          body,
        });
    }),
};

const tusHeaders = { "tus-resumable": "1.0.0" };

/** Begins an upload of seven bytes and, whatever the work comes to, leaves none under way. */
async function withUpload(caller: FileCaller, path: string, work: (location: string) => Promise<void>) {
  const metadata = Object.entries({ path, replace: "yes" }).map(
    ([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`,
  );
  const headers = { ...tusHeaders, "upload-length": "7", "upload-metadata": metadata.join(",") };
  const { location } = await send(caller, "POST", `/api/servers/${caller.serverId}/uploads`, { headers });
  if (location === null) throw new Error("the upload has no address");
  try {
    await work(location);
  } finally {
    await send(caller, "DELETE", location, { headers: tusHeaders }).catch(() => {});
  }
}

function filesAt({ serverId }: FileCaller, path: string): string {
  const escaped = [...Buffer.from(path)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  return `/api/servers/${serverId}/files?path=${escaped}`;
}

/** Answers what came, unpacked; throws what is refused or torn off, with all that came of it. */
export async function send(
  { url, token }: FileCaller,
  method: string,
  address: string,
  { headers, body }: { headers?: Record<string, string>; body?: string } = {},
): Promise<{ location: string | null; text: string }> {
  const response = await fetch(`${url}${address}`, {
    method,
    body,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const parts: Uint8Array[] = [];
  let isTorn = false;
  try {
    for await (const part of response.body ?? []) parts.push(part);
  } catch {
    isTorn = true;
  }
  const text = unpackedText(Buffer.concat(parts));
  if (response.ok && !isTorn) return { location: response.headers.get("location"), text };
  const error: unknown = text.startsWith('{"error"') ? JSON.parse(text).error : undefined;
  throw Object.assign(new Error(`${response.status}: ${text}`), { data: { error } });
}
