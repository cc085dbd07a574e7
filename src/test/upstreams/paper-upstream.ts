import builds from "../fixtures/upstreams/paper/builds.json" with { type: "json" };
import listed from "../fixtures/upstreams/paper/versions.json" with { type: "json" };
import { jarVariant, type ServedJar } from "./jar-variant";
import { jarReply, jsonReply, type ServedReply } from "./served-reply";

export interface PaperBuild {
  version: string;
  build: number;
  channel?: string;
  javaMinimum?: number;
  /** ISO 8601. */
  time?: string;
}

export interface PaperUpstream {
  answer(path: string, userAgent: string): ServedReply | null;
  addBuild(build: PaperBuild): void;
  removeBuild(version: string, build: number): void;
}

interface ServedVersion {
  javaMinimum: number;
  builds: Map<number, { channel: string; time: string; jar: ServedJar }>;
}

/** Fill turns away whoever does not say who they are and how to reach them. */
const descriptiveAgent = /^[\w.-]+\/\S+ \(.*(?:https?:\/\/|@).+\)/;

/**
 * Answers like PaperMC's Fill API: v3 only, with a descriptive User-Agent only. Versions, channels, Java minimums and the
 * disorder of `builds` are as seen there (fixtures); the jars, and so their sizes and checksums, are the test's.
 */
export function createPaperUpstream(baseUrl: string, jar: Buffer): PaperUpstream {
  const served = new Map<string, ServedVersion>();

  const addBuild = (added: PaperBuild) => {
    const { version, build, channel = "STABLE", javaMinimum, time = new Date().toISOString() } = added;
    const entry = served.get(version) ?? { javaMinimum: 21, builds: new Map() };
    entry.javaMinimum = javaMinimum ?? entry.javaMinimum;
    entry.builds.set(build, { channel, time, jar: jarVariant(jar, `paper ${version} ${build}`) });
    served.set(version, entry);
  };
  for (const { version } of listed.versions) {
    const known: { id: number; channel: string; time: string }[] = builds[version.id as keyof typeof builds];
    for (const { id, channel, time } of known) {
      addBuild({ version: version.id, build: id, channel, time, javaMinimum: version.java.version.minimum });
    }
  }

  const listOf = () => ({
    versions: [...served].map(([id, { javaMinimum, builds }], index) => {
      const numbers = [...builds.keys()].sort((a, b) => (index % 2 === 0 ? b - a : a - b));
      const java = { version: { minimum: javaMinimum }, flags: { recommended: ["-XX:+UseG1GC"] } };
      return { version: { id, support: { status: "SUPPORTED" }, java }, builds: numbers };
    }),
  });
  const buildsOf = (version: string, entry: ServedVersion) =>
    [...entry.builds]
      .sort(([a], [b]) => b - a)
      .map(([id, { channel, time, jar }]) => {
        const name = `paper-${version}-${id}.jar`;
        const url = `${baseUrl}/v1/objects/${jar.sha256}/${name}`;
        const download = { name, checksums: { sha256: jar.sha256 }, size: jar.bytes.length, url };
        return { id, time, channel, commits: [], downloads: { "server:default": download } };
      });

  const answerVersion = (version: string, rest: string | undefined): ServedReply => {
    const entry = served.get(version);
    if (!entry) return notFound("version");
    const all = buildsOf(version, entry);
    if (rest === undefined)
      return jsonReply(
        "detail",
        listOf().versions.find((item) => item.version.id === version),
      );
    if (rest === "builds") return jsonReply("detail", all);
    const wanted = /^builds\/(\d+|latest)$/.exec(rest)?.[1];
    const build = wanted === "latest" ? all[0] : all.find((item) => String(item.id) === wanted);
    return build ? jsonReply("detail", build) : notFound("build");
  };

  return {
    addBuild,
    removeBuild: (version, build) => void served.get(version)?.builds.delete(build),
    answer(path, userAgent) {
      if (path.startsWith("/v2/")) return jsonReply("list", { ok: false, error: "sunset" }, 410);
      const sha256 = /^\/v1\/objects\/([0-9a-f]{64})\/[^/]+\.jar$/.exec(path)?.[1];
      const jars = [...served.values()].flatMap((entry) => [...entry.builds.values()]);
      const found = jars.find((build) => build.jar.sha256 === sha256);
      if (found) return jarReply(found.jar.bytes);
      if (!path.startsWith("/v3/")) return null;
      if (!descriptiveAgent.test(userAgent)) return jsonReply("list", { ok: false, error: "user_agent" }, 403);
      if (path === "/v3/projects/paper/versions") return jsonReply("list", listOf());
      const [, version, rest] = /^\/v3\/projects\/paper\/versions\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
      return version ? answerVersion(decodeURIComponent(version), rest) : notFound("project");
    },
  };
}

function notFound(what: string): ServedReply {
  const message = `${what[0]?.toUpperCase()}${what.slice(1)} not found.`;
  return jsonReply("detail", { error: `${what}_not_found`, message, ok: false }, 404);
}
