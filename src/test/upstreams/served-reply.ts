/** What an upstream would answer if nothing were wrong with it. */
export interface ServedReply {
  status: number;
  contentType: string;
  body: Buffer;
  /** Which part of the upstream this is, for failures that concern one part only. */
  part: UpstreamPart;
}

/** `list`: the index of all versions; `detail`: one version; `jar`: a download. */
export type UpstreamPart = "list" | "detail" | "jar";

export function jsonReply(part: UpstreamPart, value: unknown, status = 200): ServedReply {
  return { status, contentType: "application/json", body: Buffer.from(JSON.stringify(value)), part };
}

export function jarReply(bytes: Buffer): ServedReply {
  return { status: 200, contentType: "application/java-archive", body: bytes, part: "jar" };
}
