import type { ServedJar } from "./jar-variant";
import { jarReply, type ServedReply } from "./served-reply";

/** Answers like a Maven repository for the installers of one artifact: its listing, the jars, and the checksum beside each. */
export function mavenReply(
  path: string,
  { folder, artifact, installers }: { folder: string; artifact: string; installers: ReadonlyMap<string, ServedJar> },
): ServedReply | null {
  if (!path.startsWith(`${folder}/`)) return null;
  const rest = decodeURIComponent(path.slice(folder.length + 1));
  if (rest === "maven-metadata.xml") return { ...xml(artifact, [...installers.keys()]), part: "list" };
  for (const [version, jar] of installers) {
    const file = `${version}/${artifact}-${version}-installer.jar`;
    if (rest === file) return jarReply(jar.bytes);
    if (rest === `${file}.sha1`) return { ...text(jar.sha1), part: "detail" };
    if (rest === `${file}.sha256`) return { ...text(jar.sha256), part: "detail" };
  }
  return null;
}

function xml(artifact: string, versions: readonly string[]) {
  const lines = versions.map((version) => `      <version>${version}</version>\n`).join("");
  // The newest by time, whatever line of the game it is for.
  const last = versions.at(-1) ?? "";
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<metadata>
  <artifactId>${artifact}</artifactId>
  <versioning>
    <latest>${last}</latest>
    <release>${last}</release>
    <versions>
${lines}    </versions>
    <lastUpdated>20260822164849</lastUpdated>
  </versioning>
</metadata>
`;
  return { status: 200, contentType: "text/xml", body: Buffer.from(body) };
}

function text(body: string) {
  return { status: 200, contentType: "text/plain", body: Buffer.from(body) };
}
