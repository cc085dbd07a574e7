import { z } from "zod";
import { buildSortKey } from "@/lib/build-sort-key";
import { compareMinecraftVersions, minecraftVersionSortKey } from "@/lib/minecraft-version";
import { AppError } from "@/server/errors";
import { downloadJson } from "@/server/http/download-json";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import type { KnownJava } from "./known-java";
import { readInBatches } from "./read-in-batches";
import { hostsWithBase, onBase } from "./upstream-url";
import type { SourceVersion, VersionSource } from "./version-source";

const listSchema = z
  .array(z.object({ version: z.string().regex(/^[^\p{Cc}/\\]{1,64}$/u), stable: z.boolean() }))
  .min(1)
  .max(10_000);
type Listed = z.infer<typeof listSchema>[number];

const officialHosts = ["meta.fabricmc.net"];

/**
 * Fabric's launcher jars: one per Minecraft version, loader and launcher, made when it is asked for, so that there is no checksum and no size.
 * A version's build is the loader. Releases, and what leads to the next one, follow the newest stable loader; older snapshots
 * keep the one they were first seen with, or every loader would add hundreds of rows that nobody asked for.
 */
export function createFabricSource(options: {
  client: OutboundClient;
  baseUrl: URL;
  knownJava: KnownJava;
}): VersionSource {
  const { client, baseUrl, knownJava } = options;
  const hosts = hostsWithBase(officialHosts, baseUrl);
  const read = async (what: string, signal: AbortSignal): Promise<Listed[]> => {
    const url = onBase(baseUrl, `/v2/versions/${what}`);
    const reply = await downloadJson(client, url, { schema: listSchema, allowedHosts: hosts, signal });
    return reply === "unchanged" ? [] : reply.value;
  };

  return {
    type: "fabric",
    downloadHosts: hosts,
    async list(known, signal) {
      const [games, loaders, launchers] = await Promise.all(
        ["game", "loader", "installer"].map((what) => read(what, signal)),
      );
      const [loader, launcher] = [newestOf(loaders), newestOf(launchers)];
      const javaOf = await knownJava((games ?? []).map(({ version }) => version));
      const newestRelease = (games ?? [])
        .filter(({ stable }) => stable)
        .reduce((most, { version }) => (compareMinecraftVersions(version, most) > 0 ? version : most), "");
      const follows = ({ version, stable }: Listed) => stable || compareMinecraftVersions(version, newestRelease) > 0;
      const tagOf = (game: Listed) =>
        `${follows(game) ? `${loader.version}/${launcher.version}` : "first"}/java${javaOf(game.version)}`;
      const listed = new Set((games ?? []).map(({ version }) => version));
      const loaderNames = new Set((loaders ?? []).map(({ version }) => version));
      return {
        etag: null,
        lists: (version, build) => listed.has(version) && loaderNames.has(build),
        batches: () =>
          readInBatches({
            wanted: (games ?? []).filter((game) => known.tags[game.version] !== tagOf(game)),
            signal,
            tagOf: (game) => [game.version, tagOf(game)],
            read: async (game) => {
              const parts = [game.version, loader.version, launcher.version].map(encodeURIComponent).join("/");
              const url = onBase(baseUrl, `/v2/versions/loader/${parts}/server/jar`);
              return [toSourceVersion(game, loader, { url, javaMajor: javaOf(game.version) })];
            },
          }),
      };
    },
  };
}

/** Upstream has the newest first. */
function newestOf(listed: readonly Listed[] | undefined): Listed {
  const newest = listed?.find(({ stable }) => stable) ?? listed?.[0];
  if (newest) return newest;
  throw new AppError("UPSTREAM_FAILED", "Fabric lists no loader.", { reason: "shape" });
}

function toSourceVersion(game: Listed, loader: Listed, found: { url: URL; javaMajor: number }): SourceVersion {
  return {
    version: game.version,
    build: loader.version,
    channel: game.stable ? "release" : "snapshot",
    stable: game.stable && loader.stable,
    javaMajor: found.javaMajor,
    url: found.url.href,
    form: "launcher",
    checksumAlgorithm: null,
    checksum: null,
    sizeBytes: null,
    releasedAt: null,
    sortKey: minecraftVersionSortKey(game.version) + buildSortKey(loader.version),
  };
}
