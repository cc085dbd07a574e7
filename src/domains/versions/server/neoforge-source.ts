import { buildSortKey } from "@/lib/build-sort-key";
import { compareMinecraftVersions, minecraftVersionSortKey, parseMinecraftVersion } from "@/lib/minecraft-version";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import type { KnownJava } from "./known-java";
import { isMissing, readMavenVersions, readSideChecksum } from "./maven-repository";
import { type NeoForgeVersion, parseLegacyVersion, parseNeoForgeVersion } from "./neoforge-version";
import { readInBatches } from "./read-in-batches";
import { hostsWithBase, onBase } from "./upstream-url";
import type { SourceVersion, VersionSource } from "./version-source";

const officialHosts = ["maven.neoforged.net"];
const artifacts = { neoforge: parseNeoForgeVersion, forge: parseLegacyVersion } as const;
type Artifact = keyof typeof artifacts;

interface Build extends NeoForgeVersion {
  /** NeoForge's own version, which is the build here. */
  build: string;
  artifact: Artifact;
}

/**
 * NeoForge's installers from its Maven repository, where the one for 1.20.1 has another name. Of each Minecraft version the newest build and the
 * newest release are taken; the checksum is in a file beside each.
 */
export function createNeoForgeSource(options: {
  client: OutboundClient;
  baseUrl: URL;
  knownJava: KnownJava;
}): VersionSource {
  const { client, baseUrl, knownJava } = options;
  const hosts = hostsWithBase(officialHosts, baseUrl);
  const at = (artifact: Artifact, rest: string) => onBase(baseUrl, `/releases/net/neoforged/${artifact}/${rest}`);

  const listBuilds = async (artifact: Artifact, signal: AbortSignal): Promise<Build[]> => {
    const names = await readMavenVersions({ client, hosts, signal }, at(artifact, "maven-metadata.xml"));
    return names.flatMap((build) => {
      const parsed = artifacts[artifact](build);
      return parsed ? [{ ...parsed, build, artifact }] : [];
    });
  };
  const readBuild = async (found: Build, javaMajor: number, signal: AbortSignal): Promise<SourceVersion> => {
    const name = encodeURIComponent(found.build);
    const url = at(found.artifact, `${name}/${found.artifact}-${name}-installer.jar`);
    const checksum = await readSideChecksum({ client, hosts, signal }, url, "sha256");
    return toSourceVersion(found, { url, checksum, javaMajor });
  };

  return {
    type: "neoforge",
    downloadHosts: hosts,
    async list(known, signal) {
      const legacy = listBuilds("forge", signal).catch((error) => (isMissing(error) ? [] : Promise.reject(error)));
      const builds = (await Promise.all([listBuilds("neoforge", signal), legacy])).flat();
      const games = groupByGame(builds);
      const javaOf = await knownJava([...games.keys()]);
      const newestFirst = [...games].sort(([a], [b]) => compareMinecraftVersions(b, a));
      const picks = newestFirst.map(([game, all]) => ({ game, picks: picksOf(all) }));
      const tagOf = (item: (typeof picks)[number]) =>
        `${item.picks.map(({ build }) => build).join("/")}/java${javaOf(item.game)}`;
      const listed = new Set(builds.map(({ game, build }) => `${game} ${build}`));
      return {
        etag: null,
        lists: (version, build) => listed.has(`${version} ${build}`),
        batches: () =>
          readInBatches({
            wanted: picks.filter((item) => known.tags[item.game] !== tagOf(item)),
            signal,
            tagOf: (item) => [item.game, tagOf(item)],
            read: ({ game, picks }) => Promise.all(picks.map((build) => readBuild(build, javaOf(game), signal))),
          }),
      };
    },
  };
}

function groupByGame(builds: readonly Build[]): Map<string, Build[]> {
  const games = new Map<string, Build[]>();
  for (const build of builds) games.set(build.game, [...(games.get(build.game) ?? []), build]);
  return games;
}

function picksOf(builds: readonly Build[]): Build[] {
  const newestFirst = [...builds].sort((a, b) => (buildSortKey(a.build) < buildSortKey(b.build) ? 1 : -1));
  const picks = [newestFirst[0], newestFirst.find(({ channel }) => channel === "release")];
  return [...new Set(picks)].filter((build) => build !== undefined);
}

function toSourceVersion(
  { game, build, channel }: Build,
  found: { url: URL; checksum: string; javaMajor: number },
): SourceVersion {
  return {
    version: game,
    build,
    channel,
    stable: channel === "release" && parseMinecraftVersion(game)?.phase === "release",
    javaMajor: found.javaMajor,
    url: found.url.href,
    form: "installer",
    checksumAlgorithm: "sha256",
    checksum: found.checksum,
    sizeBytes: null,
    releasedAt: null,
    sortKey: minecraftVersionSortKey(game) + buildSortKey(build),
  };
}
