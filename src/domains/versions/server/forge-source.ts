import { z } from "zod";
import { buildSortKey } from "@/lib/build-sort-key";
import { compareMinecraftVersions, minecraftVersionSortKey, parseMinecraftVersion } from "@/lib/minecraft-version";
import { downloadJson } from "@/server/http/download-json";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import type { KnownJava } from "./known-java";
import { isMissing, readMavenVersions, readSideChecksum } from "./maven-repository";
import { readInBatches } from "./read-in-batches";
import { hostsWithBase, onBase } from "./upstream-url";
import type { SourceVersion, VersionSource } from "./version-source";

const promotionsSchema = z.object({
  promos: z.record(z.string().max(100), z.string().regex(/^[\w.+-]{1,64}$/)),
});

const officialHost = "files.minecraftforge.net";
const officialMaven = new URL("https://maven.minecraftforge.net");
const folder = "/net/minecraftforge/forge";
/** Before it there was no installer that could be run without a window. */
const oldest = "1.5.2";

interface Game {
  /** Minecraft's version id. */
  version: string;
  /** As Forge writes it: `1.7.10_pre4`. */
  own: string;
  /** Build → its whole name in the repository; null where only the promotions name it. */
  builds: Map<string, string | null>;
  recommended: string | null;
}

/**
 * Forge's installers. Promotions say which build of a version is the newest and which is recommended (the stable one), the Maven
 * listing how each is called. Of a version the newest and the recommended build are taken; the checksum is in a file beside each.
 */
export function createForgeSource(options: {
  client: OutboundClient;
  baseUrl: URL;
  knownJava: KnownJava;
}): VersionSource {
  const { client, baseUrl, knownJava } = options;
  const mavenUrl = baseUrl.host === officialHost ? officialMaven : baseUrl;
  const hosts = hostsWithBase([officialHost, officialMaven.host], baseUrl);

  const readBuild = async (game: Game, build: string, signal: AbortSignal) => {
    for (const name of namesOf(game, build)) {
      const url = onBase(
        mavenUrl,
        `${folder}/${encodeURIComponent(name)}/forge-${encodeURIComponent(name)}-installer.jar`,
      );
      try {
        return { url, checksum: await readSideChecksum({ client, hosts, signal }, url, "sha1") };
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return null;
  };

  return {
    type: "forge",
    downloadHosts: hosts,
    async list(known, signal) {
      const from = { client, hosts, signal };
      const [reply, names] = await Promise.all([
        downloadJson(client, onBase(baseUrl, `${folder}/promotions_slim.json`), {
          schema: promotionsSchema,
          allowedHosts: hosts,
          signal,
        }),
        readMavenVersions(from, onBase(mavenUrl, `${folder}/maven-metadata.xml`)),
      ]);
      const games = toGames(reply === "unchanged" ? {} : reply.value.promos, names);
      const javaOf = await knownJava([...games.keys()]);
      const tagOf = (game: Game) => `${picksOf(game).join("/")}/${game.recommended ?? ""}/java${javaOf(game.version)}`;
      return {
        etag: null,
        lists: (version, build) => games.get(version)?.builds.has(build) ?? false,
        batches: () =>
          readInBatches({
            wanted: newestFirst([...games.values()]).filter((game) => known.tags[game.version] !== tagOf(game)),
            signal,
            tagOf: (game) => [game.version, tagOf(game)],
            read: async (game) => {
              const entries: SourceVersion[] = [];
              for (const build of picksOf(game)) {
                const found = await readBuild(game, build, signal);
                if (found) entries.push(toSourceVersion(game, build, { ...found, javaMajor: javaOf(game.version) }));
              }
              return entries;
            },
          }),
      };
    },
  };
}

function toGames(promos: Readonly<Record<string, string>>, names: readonly string[]): Map<string, Game> {
  const games = new Map<string, Game>();
  const gameOf = (own: string): Game | null => {
    const version = own.replace("_", "-");
    if (!parseMinecraftVersion(version) || compareMinecraftVersions(version, oldest) < 0) return null;
    const game = games.get(version) ?? { version, own, builds: new Map(), recommended: null };
    games.set(version, game);
    return game;
  };
  for (const name of names) {
    const [, own = "", build = ""] = /^(.+?)-(\d+(?:\.\d+){2,3})(?:-.+)?$/.exec(name) ?? [];
    gameOf(own)?.builds.set(build, name);
  }
  for (const [key, build] of Object.entries(promos)) {
    const [, own = "", kind] = /^(.+)-(latest|recommended)$/.exec(key) ?? [];
    const game = gameOf(own);
    if (!game) continue;
    if (!game.builds.has(build)) game.builds.set(build, null);
    if (kind === "recommended") game.recommended = build;
  }
  return games;
}

/** The newest build, and the recommended one where that is another. */
function picksOf({ builds, recommended }: Game): string[] {
  const newest = [...builds.keys()].reduce(
    (most, build) => (buildSortKey(build) > buildSortKey(most) ? build : most),
    "",
  );
  return [...new Set([newest, recommended ?? newest])];
}

function namesOf({ own, builds }: Game, build: string): string[] {
  const known = builds.get(build);
  return known ? [known] : [`${own}-${build}`, `${own}-${build}-${own}`, `${own}-${build}-mc172`];
}

function newestFirst(games: readonly Game[]): Game[] {
  return [...games].sort((a, b) => compareMinecraftVersions(b.version, a.version));
}

function toSourceVersion(
  { version, recommended }: Game,
  build: string,
  found: { url: URL; checksum: string; javaMajor: number },
): SourceVersion {
  const isRecommended = build === recommended;
  return {
    version,
    build,
    channel: isRecommended ? "recommended" : "latest",
    stable: isRecommended && parseMinecraftVersion(version)?.phase === "release",
    javaMajor: found.javaMajor,
    url: found.url.href,
    form: "installer",
    checksumAlgorithm: "sha1",
    checksum: found.checksum,
    sizeBytes: null,
    releasedAt: null,
    sortKey: minecraftVersionSortKey(version) + buildSortKey(build),
  };
}
