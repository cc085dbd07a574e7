import { createHash } from "node:crypto";
import manifest from "../fixtures/upstreams/mojang/version_manifest_v2.json" with { type: "json" };
import details from "../fixtures/upstreams/mojang/versions.json" with { type: "json" };
import { jarVariant, type ServedJar } from "./jar-variant";
import { jarReply, jsonReply, type ServedReply } from "./served-reply";

export interface MojangVersion {
  id: string;
  type?: "release" | "snapshot" | "old_beta" | "old_alpha";
  /** Null: the version's file does not say, as for very old ones. */
  javaMajor?: number | null;
  /** ISO 8601. */
  releaseTime?: string;
  /** False: nothing to download, as for 1.2.4 and older. */
  hasServer?: boolean;
  /** Served instead of the common jar, for example one that needs a newer Java than it says. */
  jar?: Buffer;
}

export interface MojangUpstream {
  answer(path: string): ServedReply | null;
  add(version: MojangVersion): void;
  remove(id: string): void;
  /** What a version's file says that nothing vouches for: a url on another host, for example. */
  setServerUrl(id: string, url: string): void;
  /** From now on every address is Mojang's own, as on a mirror that copies word for word. */
  pretendOfficialUrls(): void;
}

interface Served {
  version: Required<Omit<MojangVersion, "jar">>;
  jar: ServedJar;
  serverUrl: string | null;
}

/**
 * Answers like piston-meta and piston-data. Ids, types, dates and Java majors are Mojang's own (fixtures); the jars, and so
 * their sizes and checksums, are the test's.
 */
export function createMojangUpstream(baseUrl: string, commonJar: Buffer): MojangUpstream {
  const served = new Map<string, Served>();
  const bases = { meta: baseUrl, data: baseUrl };

  const add = (version: MojangVersion) => {
    const {
      id,
      type = "release",
      javaMajor = 21,
      releaseTime = new Date().toISOString(),
      hasServer = true,
      jar = commonJar,
    } = version;
    const whole = { id, type, javaMajor, releaseTime, hasServer };
    served.set(id, { version: whole, jar: jarVariant(jar, `vanilla ${id}`), serverUrl: null });
  };
  for (const { id, type, releaseTime } of manifest.versions.toReversed()) {
    const detail: Detail | undefined = (details as Record<string, Detail>)[id];
    const hasServer = detail?.downloads?.server !== undefined;
    add({
      id,
      type: type as MojangVersion["type"],
      releaseTime,
      hasServer,
      javaMajor: detail?.javaVersion?.majorVersion ?? null,
    });
  }

  const detailOf = ({ version, jar, serverUrl }: Served): Buffer => {
    const { id, type, releaseTime, javaMajor, hasServer } = version;
    const url = serverUrl ?? `${bases.data}/v1/objects/${jar.sha1}/server.jar`;
    const downloads = hasServer ? { server: { sha1: jar.sha1, size: jar.bytes.length, url } } : {};
    const javaVersion =
      javaMajor === null ? {} : { javaVersion: { component: "java-runtime", majorVersion: javaMajor } };
    const common = { id, type, time: releaseTime, releaseTime, mainClass: "net.minecraft.client.main.Main" };
    return Buffer.from(JSON.stringify({ ...common, downloads, ...javaVersion }, null, 2));
  };

  const manifestOf = () => {
    const newestFirst = [...served.values()].sort((a, b) => b.version.releaseTime.localeCompare(a.version.releaseTime));
    const versions = newestFirst.map((item) => {
      const { id, type, releaseTime } = item.version;
      const sha1 = createHash("sha1").update(detailOf(item)).digest("hex");
      const url = `${bases.meta}/v1/packages/${sha1}/${encodeURIComponent(id)}.json`;
      return { id, type, url, time: releaseTime, releaseTime, sha1, complianceLevel: 1 };
    });
    const newest = (kind: string) => versions.find((version) => version.type === kind)?.id ?? "";
    return { latest: { release: newest("release"), snapshot: newest("snapshot") }, versions };
  };

  const answer = (path: string): ServedReply | null => {
    if (path === "/mc/game/version_manifest_v2.json") return jsonReply("list", manifestOf());
    const id = /^\/v1\/packages\/[0-9a-f]{40}\/(.+)\.json$/.exec(path)?.[1];
    const item = id === undefined ? undefined : served.get(decodeURIComponent(id));
    if (item) return { status: 200, contentType: "application/json", body: detailOf(item), part: "detail" };
    const sha1 = /^\/v1\/objects\/([0-9a-f]{40})\/server\.jar$/.exec(path)?.[1];
    const found = [...served.values()].find((candidate) => candidate.jar.sha1 === sha1);
    return found ? jarReply(found.jar.bytes) : null;
  };

  return {
    answer,
    add,
    remove: (id) => void served.delete(id),
    setServerUrl: (id, url) => {
      const item = served.get(id);
      if (item) item.serverUrl = url;
    },
    pretendOfficialUrls: () => {
      Object.assign(bases, { meta: "https://piston-meta.mojang.com", data: "https://piston-data.mojang.com" });
    },
  };
}

interface Detail {
  downloads?: { server?: unknown };
  javaVersion?: { majorVersion: number };
}
