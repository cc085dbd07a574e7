import { gzipSync } from "node:zlib";
import { type RawTarEntry, rawTar } from "../archives/raw-tar";
import sample from "../fixtures/upstreams/adoptium/assets_latest_21_hotspot.json" with { type: "json" };
import { type ServedJar, sumUp } from "./jar-variant";
import { jarReply, jsonReply, type ServedReply } from "./served-reply";

export interface AdoptiumUpstream {
  answer(path: string, query: URLSearchParams): ServedReply | null;
  /** From now on this is what a major's archive holds. */
  setArchive(major: number, entries: readonly RawTarEntry[]): void;
  /** Adoptium has no JRE of it, only the JDK. */
  setJdkOnly(major: number): void;
}

/** What a Temurin archive looks like from outside: one folder, a program, files that it needs, and licences that are links. */
export function fakeJavaEntries(major: number, says = `${major}.0.12.1`): RawTarEntry[] {
  const version = says.startsWith("8.") ? "1.8.0_462" : says;
  const script = `#!/bin/sh
if [ "$1" = -version ]; then echo 'openjdk version "${version}" 2026-07-21 LTS' >&2; exit 0; fi
exec java "$@"
`;
  const top = `jdk-${says}+1-jre`;
  return [
    { name: `${top}/`, type: "5", mode: 0o755 },
    { name: `${top}/bin/java`, mode: 0o755, content: script },
    { name: `${top}/lib/jexec`, mode: 0o755, content: "#!/bin/sh\n" },
    { name: `${top}/lib/modules`, content: Buffer.alloc(200_000, major) },
    { name: `${top}/legal/java.base/LICENSE`, content: "GPL" },
    { name: `${top}/legal/java.xml/LICENSE`, type: "2", link: "../java.base/LICENSE" },
  ];
}

/** Answers like Adoptium's API and the host of its releases. The shape is Adoptium's own (fixture), the archives are the test's. */
export function createAdoptiumUpstream(baseUrl: string): AdoptiumUpstream {
  const archives = new Map<number, ServedJar>();
  const jdkOnly = new Set<number>();
  const setArchive = (major: number, entries: readonly RawTarEntry[]) =>
    void archives.set(major, sumUp(gzipSync(rawTar(entries))));
  for (const major of [8, 16, 21, 25]) setArchive(major, fakeJavaEntries(major));
  const assetOf = (major: number, archive: ServedJar) => {
    const [{ binary, version, ...rest } = { binary: { package: {} }, version: {} }] = sample;
    const link = `${baseUrl}/releases/${major}/${archive.sha256}.tar.gz`;
    const file = { ...binary.package, link, checksum: archive.sha256, size: archive.bytes.length };
    return { ...rest, binary: { ...binary, package: file }, version: { ...version, major } };
  };
  return {
    setArchive,
    setJdkOnly: (major) => void jdkOnly.add(major),
    answer: (path, query) => {
      const asked = Number(/^\/v3\/assets\/latest\/(\d+)\/hotspot$/.exec(path)?.[1] ?? Number.NaN);
      const isLinux =
        query.get("os")?.endsWith("linux") && query.get("architecture") && query.get("vendor") === "eclipse";
      const image = jdkOnly.has(asked) ? "jdk" : "jre";
      const archive = archives.get(asked);
      if (!Number.isNaN(asked)) {
        const found = archive && isLinux && query.get("image_type") === image ? [assetOf(asked, archive)] : [];
        return jsonReply("list", found);
      }
      const major = Number(/^\/releases\/(\d+)\/[0-9a-f]{64}\.tar\.gz$/.exec(path)?.[1] ?? Number.NaN);
      const wanted = archives.get(major);
      return wanted ? jarReply(wanted.bytes) : null;
    },
  };
}
