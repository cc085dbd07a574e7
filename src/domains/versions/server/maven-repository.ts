import { AppError, isAppError } from "@/server/errors";
import { downloadText } from "@/server/http/download-text";
import type { OutboundClient } from "@/server/http/guarded-fetch";

const maxListBytes = 4 * 1024 * 1024;
const maxVersions = 20_000;
const maxChecksumBytes = 4096;
const hexLength = { sha1: 40, sha256: 64 } as const;

interface From {
  client: OutboundClient;
  hosts: readonly string[];
  signal: AbortSignal;
}

/**
 * The versions of an artifact by its `maven-metadata.xml`, in the order of the file, which means nothing. `latest` and `release` in there may
 * be of any line of the game and are not read. Throws UPSTREAM_FAILED for anything but such a file.
 */
export async function readMavenVersions({ client, hosts, signal }: From, url: URL): Promise<string[]> {
  const text = await downloadText(client, url, { allowedHosts: hosts, signal, maxBytes: maxListBytes });
  // Written by machines, one element a version: no need of a parser, and nothing in it is resolved or included.
  const found = Array.from(text.matchAll(/<version>([\w.+-]{1,100})<\/version>/g), ([, version = ""]) => version);
  if (/<\/metadata>\s*$/.test(text) && found.length > 0 && found.length <= maxVersions) return [...new Set(found)];
  throw new AppError("UPSTREAM_FAILED", `${url.host} sent something else than a list of versions.`, {
    reason: "shape",
    host: url.host,
  });
}

/** The checksum in the file beside a file (`….jar.sha256`), lower case. Throws UPSTREAM_FAILED when it is none. */
export async function readSideChecksum(
  { client, hosts, signal }: From,
  fileUrl: URL,
  algorithm: keyof typeof hexLength,
): Promise<string> {
  const url = new URL(`${fileUrl.href}.${algorithm}`);
  const text = await downloadText(client, url, { allowedHosts: hosts, signal, maxBytes: maxChecksumBytes });
  const [word = ""] = text.trim().split(/\s/);
  if (word.length === hexLength[algorithm] && /^[0-9a-f]+$/i.test(word)) return word.toLowerCase();
  throw new AppError("UPSTREAM_FAILED", `${url.host} sent something else than a checksum.`, {
    reason: "shape",
    host: url.host,
  });
}

/** True for what an upstream does not have, as against what it could not send. */
export function isMissing(thrown: unknown): boolean {
  return isAppError(thrown) && thrown.details.status === 404;
}
