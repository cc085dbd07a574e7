import { z } from "zod";
import { minecraftVersionSortKey } from "@/lib/minecraft-version";
import { AppError } from "@/server/errors";
import { downloadJson } from "@/server/http/download-json";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import { readInBatches } from "./read-in-batches";
import { hostsWithBase, isOnHosts, onBase } from "./upstream-url";
import type { SourceVersion, VersionSource } from "./version-source";

const sha1 = z.string().regex(/^[0-9a-f]{40}$/i);

const manifestSchema = z.object({
  versions: z
    .array(
      z.object({
        id: z.string().regex(/^[^\p{Cc}/\\]{1,64}$/u),
        type: z.string().regex(/^[a-z_]{1,32}$/),
        url: z.url(),
        releaseTime: z.iso.datetime({ offset: true }),
        sha1,
      }),
    )
    .min(1)
    .max(10_000),
});
type ManifestEntry = z.infer<typeof manifestSchema>["versions"][number];

const versionSchema = z.object({
  id: z.string(),
  downloads: z
    .object({
      server: z
        .object({
          sha1,
          size: z
            .number()
            .int()
            .positive()
            .max(2 ** 30),
          url: z.url(),
        })
        .optional(),
    })
    .optional(),
  javaVersion: z.object({ majorVersion: z.number().int().min(5).max(99) }).optional(),
});

const officialMetaHost = "piston-meta.mojang.com";
/** piston-data is today's host; older versions still name launcher.mojang.com. */
const officialDownloadHosts = [officialMetaHost, "piston-data.mojang.com", "launcher.mojang.com"];

/**
 * Vanilla versions from Mojang's manifest (v2). The manifest names each version's JSON by SHA-1: only those not seen before
 * are fetched, and checked. Versions without a server to download (1.2.4 and older, most betas) are left out.
 */
export function createMojangSource(options: { client: OutboundClient; baseUrl: URL }): VersionSource {
  const { client, baseUrl } = options;
  const metaHosts = hostsWithBase([officialMetaHost], baseUrl);
  const downloadHosts = hostsWithBase(officialDownloadHosts, baseUrl);

  const readVersion = async (entry: ManifestEntry, signal: AbortSignal): Promise<SourceVersion[]> => {
    const url = onMirror(entry.url, baseUrl);
    const reply = await downloadJson(client, url, {
      schema: versionSchema,
      sha1: entry.sha1,
      allowedHosts: metaHosts,
      signal,
    });
    if (reply === "unchanged" || reply.value.id !== entry.id)
      throw unusable(entry.id, "its file is about another version");
    const server = reply.value.downloads?.server;
    if (!server) return [];
    if (!isOnHosts(server.url, downloadHosts)) throw unusable(entry.id, "its jar lies on a foreign host");
    return [toSourceVersion(entry, server, reply.value.javaVersion?.majorVersion)];
  };

  return {
    type: "vanilla",
    downloadHosts,
    async list(known, signal) {
      const url = onBase(baseUrl, "/mc/game/version_manifest_v2.json");
      const reply = await downloadJson(client, url, {
        schema: manifestSchema,
        etag: known.etag,
        allowedHosts: metaHosts,
        signal,
      });
      if (reply === "unchanged") return reply;
      const { versions } = reply.value;
      const listed = new Set(versions.map((entry) => entry.id));
      const isUnknown = (entry: ManifestEntry) => known.tags[entry.id] !== entry.sha1;
      return {
        etag: reply.etag,
        lists: (version) => listed.has(version),
        batches: () =>
          readInBatches({
            wanted: releasesFirst(versions.filter(isUnknown)),
            signal,
            tagOf: (entry) => [entry.id, entry.sha1],
            read: (entry) => readVersion(entry, signal),
          }),
      };
    },
  };
}

/** A mirror that copies the manifest word for word still names Mojang's host: the same path lies on the mirror. */
function onMirror(url: string, baseUrl: URL): URL {
  const target = new URL(url);
  return target.host === officialMetaHost && baseUrl.host !== officialMetaHost
    ? onBase(baseUrl, target.pathname)
    : target;
}

function releasesFirst(entries: readonly ManifestEntry[]): ManifestEntry[] {
  return [
    ...entries.filter((entry) => entry.type === "release"),
    ...entries.filter((entry) => entry.type !== "release"),
  ];
}

function toSourceVersion(
  entry: ManifestEntry,
  server: { sha1: string; size: number; url: string },
  javaMajor = 8,
): SourceVersion {
  const releasedAt = new Date(entry.releaseTime);
  return {
    version: entry.id,
    build: "",
    channel: entry.type,
    stable: entry.type === "release",
    javaMajor,
    url: server.url,
    form: "jar",
    checksumAlgorithm: "sha1",
    checksum: server.sha1.toLowerCase(),
    sizeBytes: server.size,
    releasedAt,
    sortKey: releasedAt.toISOString().replace(/\D/g, "") + minecraftVersionSortKey(entry.id),
  };
}

function unusable(version: string, why: string): AppError {
  return new AppError("UPSTREAM_FAILED", `Mojang's version ${version} cannot be used: ${why}.`, {
    reason: "shape",
    version,
  });
}
