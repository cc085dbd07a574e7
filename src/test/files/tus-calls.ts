interface Place {
  url: string;
  serverId: string;
  token: string;
}

/** Requests of tus 1.0, byte by byte as a client sends them; `as` is the token of somebody else. */
export function tusCalls(place: () => Place) {
  async function tus(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: Uint8Array,
    as = place().token,
  ) {
    const response = await fetch(`${place().url}${path}`, {
      method,
      body: body as BodyInit | undefined,
      headers: {
        authorization: `Bearer ${as}`,
        "tus-resumable": "1.0.0",
        ...(body && { "content-type": "application/offset+octet-stream" }),
        ...headers,
      },
    });
    const text = await response.text();
    const code = text.startsWith("{") ? JSON.parse(text).error.code : text;
    return { status: response.status, headers: response.headers, code };
  }
  const create = (path: string, length: number, more: Record<string, string> = {}, as = place().token) => {
    const metadata = Object.entries({ path, ...more }).map(
      ([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`,
    );
    const headers = { "upload-length": String(length), "upload-metadata": metadata.join(",") };
    return tus("POST", `/api/servers/${place().serverId}/uploads`, headers, undefined, as);
  };
  const patch = (location: string, offset: number, body: Uint8Array, as = place().token) =>
    tus("PATCH", location, { "upload-offset": String(offset) }, body, as);
  return { tus, create, patch };
}
