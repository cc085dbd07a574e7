import sample from "../fixtures/upstreams/purpur/build.json" with { type: "json" };
import builds from "../fixtures/upstreams/purpur/builds.json" with { type: "json" };
import listed from "../fixtures/upstreams/purpur/versions.json" with { type: "json" };
import { jarVariant, type ServedJar } from "./jar-variant";
import { jarReply, jsonReply, type ServedReply } from "./served-reply";

export interface PurpurUpstream {
  answer(path: string): ServedReply | null;
  addBuild(version: string, build: string, result?: "SUCCESS" | "FAILURE"): void;
  removeVersion(version: string): void;
}

interface Served {
  result: string;
  jar: ServedJar;
}

/** Answers like api.purpurmc.org: builds are texts, the checksum is MD5, sizes are not told. Shapes are Purpur's own (fixtures). */
export function createPurpurUpstream(jar: Buffer): PurpurUpstream {
  const served = new Map<string, Map<string, Served>>();
  const addBuild = (version: string, build: string, result = "SUCCESS") => {
    const known = served.get(version) ?? new Map<string, Served>();
    known.set(build, { result, jar: jarVariant(jar, `purpur ${version} ${build}`) });
    served.set(version, known);
  };
  for (const version of listed.versions) {
    const known: Record<string, { builds: { all: string[] } }> = builds;
    for (const build of known[version]?.builds.all ?? ["2000"]) addBuild(version, build);
  }
  const answerBuild = (version: string, name: string, rest: string | undefined): ServedReply | null => {
    const known = served.get(version);
    const build = name === "latest" ? [...(known?.keys() ?? [])].at(-1) : name;
    const found = build === undefined ? undefined : known?.get(build);
    if (!found) return null;
    if (rest === "download") return jarReply(found.jar.bytes);
    return jsonReply("detail", { ...sample, version, build, result: found.result, md5: found.jar.md5 });
  };
  return {
    addBuild,
    removeVersion: (version) => void served.delete(version),
    answer: (path) => {
      if (path === "/v2/purpur") return jsonReply("list", { ...listed, versions: [...served.keys()] });
      const [, version = "", name, rest] = /^\/v2\/purpur\/([^/]+)(?:\/([^/]+)(?:\/(download))?)?$/.exec(path) ?? [];
      if (name !== undefined) return answerBuild(decodeURIComponent(version), name, rest);
      const all = [...(served.get(decodeURIComponent(version))?.keys() ?? [])];
      if (all.length === 0) return null;
      return jsonReply("detail", { project: "purpur", version, builds: { latest: all.at(-1), all } });
    },
  };
}
