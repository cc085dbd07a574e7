import { z } from "zod";
import { buildSortKey } from "@/lib/build-sort-key";
import { minecraftVersionSortKey, parseMinecraftVersion } from "@/lib/minecraft-version";
import { downloadJson } from "@/server/http/download-json";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import type { KnownJava } from "./known-java";
import { readInBatches } from "./read-in-batches";
import { hostsWithBase, onBase } from "./upstream-url";
import type { SourceVersion, VersionSource } from "./version-source";

const versionsSchema = z.object({
  versions: z
    .array(z.string().regex(/^[\w.+-]{1,64}$/))
    .min(1)
    .max(2000),
});
/** Builds are numbers in quotes. */
const buildName = z.string().regex(/^\d{1,8}$/);
const buildsSchema = z.object({ builds: z.object({ latest: buildName, all: z.array(buildName).max(20_000) }) });
const buildSchema = z.object({
  result: z.string().max(40),
  timestamp: z.number().int().positive().max(8.64e15).optional(),
  md5: z
    .string()
    .regex(/^[0-9a-f]{32}$/i)
    .optional(),
});
type Build = z.infer<typeof buildSchema>;

const officialHosts = ["api.purpurmc.org"];
/** So many failed builds in a row are looked at. */
const maxFailures = 5;

/** Purpur: of each version the newest build that did not fail. It publishes MD5 alone, and no sizes. */
export function createPurpurSource(options: {
  client: OutboundClient;
  baseUrl: URL;
  knownJava: KnownJava;
}): VersionSource {
  const { client, baseUrl, knownJava } = options;
  const hosts = hostsWithBase(officialHosts, baseUrl);
  const read = async <T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T | null> => {
    const url = onBase(baseUrl, `/v2/purpur${path}`);
    const reply = await downloadJson(client, url, { schema, allowedHosts: hosts, signal });
    return reply === "unchanged" ? null : reply.value;
  };
  const findGood = async (version: string, names: readonly string[], signal: AbortSignal) => {
    for (const name of names.slice(0, maxFailures)) {
      const build = await read(`/${encodeURIComponent(version)}/${name}`, buildSchema, signal);
      if (build?.result === "SUCCESS" && build.md5) return { ...build, name, md5: build.md5 };
    }
    return null;
  };

  return {
    type: "purpur",
    downloadHosts: hosts,
    async list(known, signal) {
      const versions = ((await read("", versionsSchema, signal))?.versions ?? []).toReversed();
      const javaOf = await knownJava(versions);
      const tags = new Map<string, string>();
      return {
        etag: null,
        lists: (version) => versions.includes(version),
        batches: () =>
          readInBatches({
            // The listing tells nothing of builds: each version has to be asked for its newest, and that alone where it is known.
            wanted: versions,
            signal,
            tagOf: (version) => [version, tags.get(version) ?? ""],
            read: async (version) => {
              const builds = (await read(`/${encodeURIComponent(version)}`, buildsSchema, signal))?.builds;
              if (!builds) return [];
              const tag = `${builds.latest}/java${javaOf(version)}`;
              tags.set(version, tag);
              if (known.tags[version] === tag) return [];
              const names = [...new Set([builds.latest, ...builds.all.toSorted((a, b) => Number(b) - Number(a))])];
              const build = await findGood(version, names, signal);
              if (!build) return [];
              const url = onBase(baseUrl, `/v2/purpur/${encodeURIComponent(version)}/${build.name}/download`);
              return [toSourceVersion(version, build, { url, javaMajor: javaOf(version) })];
            },
          }),
      };
    },
  };
}

function toSourceVersion(
  version: string,
  { name, md5, timestamp }: Build & { name: string; md5: string },
  found: { url: URL; javaMajor: number },
): SourceVersion {
  return {
    version,
    build: name,
    channel: "stable",
    stable: parseMinecraftVersion(version)?.phase === "release",
    javaMajor: found.javaMajor,
    url: found.url.href,
    form: "jar",
    checksumAlgorithm: "md5",
    checksum: md5.toLowerCase(),
    sizeBytes: null,
    releasedAt: timestamp === undefined ? null : new Date(timestamp),
    sortKey: minecraftVersionSortKey(version) + buildSortKey(name),
  };
}
