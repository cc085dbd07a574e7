import { z } from "zod";
import { minecraftVersionSortKey, parseMinecraftVersion } from "@/lib/minecraft-version";
import { AppError } from "@/server/errors";
import { downloadJson } from "@/server/http/download-json";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import { readInBatches } from "./read-in-batches";
import { hostsWithBase, isOnHosts, onBase } from "./upstream-url";
import type { SourceVersion, VersionSource } from "./version-source";

const buildNumber = z.number().int().min(0).max(99_999_999);

const versionsSchema = z.object({
  versions: z
    .array(
      z.object({
        version: z.object({
          id: z.string().regex(/^[\w.+-]{1,64}$/),
          java: z.object({ version: z.object({ minimum: z.number().int().min(5).max(99) }) }),
        }),
        builds: z.array(buildNumber).max(20_000),
      }),
    )
    .min(1)
    .max(2000),
});
type ListedVersion = z.infer<typeof versionsSchema>["versions"][number];

const buildsSchema = z
  .array(
    z.object({
      id: buildNumber,
      time: z.iso.datetime({ offset: true }),
      channel: z.string().regex(/^\w{1,32}$/),
      downloads: z.object({
        "server:default": z
          .object({
            checksums: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/i) }),
            size: z
              .number()
              .int()
              .positive()
              .max(2 ** 30),
            url: z.url(),
          })
          .optional(),
      }),
    }),
  )
  .max(20_000);
type Build = z.infer<typeof buildsSchema>[number];

const officialHosts = ["fill.papermc.io", "fill-data.papermc.io"];
const stableChannels = new Set(["stable", "recommended"]);

/**
 * Paper from PaperMC's Fill API (v3; v2 is switched off). Per version the newest build and the newest stable one are taken;
 * a version's builds are asked for only when it has a build that was not seen before.
 */
export function createPaperSource(options: { client: OutboundClient; baseUrl: URL }): VersionSource {
  const { client, baseUrl } = options;
  const hosts = hostsWithBase(officialHosts, baseUrl);

  const readVersion = async (listed: ListedVersion, signal: AbortSignal): Promise<SourceVersion[]> => {
    const { id, java } = listed.version;
    const url = onBase(baseUrl, `/v3/projects/paper/versions/${encodeURIComponent(id)}/builds`);
    const reply = await downloadJson(client, url, { schema: buildsSchema, allowedHosts: hosts, signal });
    const builds = reply === "unchanged" ? [] : reply.value;
    return newestBuilds(builds).map((build) => toSourceVersion(id, java.version.minimum, build, hosts));
  };

  return {
    type: "paper",
    downloadHosts: hosts,
    async list(known, signal) {
      const url = onBase(baseUrl, "/v3/projects/paper/versions");
      const reply = await downloadJson(client, url, {
        schema: versionsSchema,
        etag: known.etag,
        allowedHosts: hosts,
        signal,
      });
      if (reply === "unchanged") return reply;
      const { versions } = reply.value;
      const builds = new Map(versions.map((listed) => [listed.version.id, new Set(listed.builds.map(String))]));
      const isUnknown = (listed: ListedVersion) =>
        listed.builds.length > 0 && known.tags[listed.version.id] !== tagOf(listed);
      return {
        etag: reply.etag,
        lists: (version, build) => builds.get(version)?.has(build) ?? false,
        batches: () =>
          readInBatches({
            wanted: versions.filter(isUnknown),
            signal,
            tagOf: (listed) => [listed.version.id, tagOf(listed)],
            read: (listed) => readVersion(listed, signal),
          }),
      };
    },
  };
}

/** What makes a version's builds worth reading again. The order of `builds` means nothing. */
function tagOf({ version, builds }: ListedVersion): string {
  const newest = builds.reduce((most, build) => Math.max(most, build), -1);
  return `${newest}/${builds.length}/java${version.java.version.minimum}`;
}

function newestBuilds(builds: readonly Build[]): Build[] {
  const usable = builds.filter((build) => build.downloads["server:default"]).sort((a, b) => b.id - a.id);
  const picks = [usable[0], usable.find((build) => stableChannels.has(build.channel.toLowerCase()))];
  return [...new Set(picks)].filter((build) => build !== undefined);
}

function toSourceVersion(version: string, javaMajor: number, build: Build, hosts: readonly string[]): SourceVersion {
  const download = build.downloads["server:default"];
  if (!download || !isOnHosts(download.url, hosts)) {
    throw new AppError(
      "UPSTREAM_FAILED",
      `Paper ${version} build ${build.id} cannot be used: its jar lies on a foreign host.`,
      {
        reason: "shape",
        version,
      },
    );
  }
  const channel = build.channel.toLowerCase();
  return {
    version,
    build: String(build.id),
    channel,
    // A candidate of the game is not for everyone, however well Paper runs on it.
    stable: stableChannels.has(channel) && parseMinecraftVersion(version)?.phase === "release",
    javaMajor,
    url: download.url,
    form: "jar",
    checksumAlgorithm: "sha256",
    checksum: download.checksums.sha256.toLowerCase(),
    sizeBytes: download.size,
    releasedAt: new Date(build.time),
    sortKey: minecraftVersionSortKey(version) + String(build.id).padStart(8, "0"),
  };
}
