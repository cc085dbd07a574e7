export interface ParsedJavaVersion {
  major: number;
  version: string;
  vendor: string;
}

/** Words in what `java -version` prints that tell who built it. */
const vendors: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/Temurin|Adoptium/, "Eclipse Temurin"],
  [/AdoptOpenJDK/, "AdoptOpenJDK"],
  [/Corretto/, "Amazon Corretto"],
  [/Zulu/, "Azul Zulu"],
  [/Zing|Prime/, "Azul Prime"],
  [/Liberica|BellSoft/, "BellSoft Liberica"],
  [/GraalVM/, "GraalVM"],
  [/Semeru|OpenJ9/, "IBM Semeru"],
  [/Microsoft/, "Microsoft"],
  [/SapMachine/, "SapMachine"],
  [/Dragonwell/, "Alibaba Dragonwell"],
  [/Debian|deb\d+u/, "Debian"],
  [/Ubuntu|ubuntu/, "Ubuntu"],
  [/Red_Hat|Red Hat/, "Red Hat"],
  [/Java\(TM\)/, "Oracle"],
];

/**
 * Reads what `java -version` prints (on stderr): `openjdk version "17.0.15" …`, `java version "1.8.0_452"`, `"25-ea"`. Lines
 * before it, such as `Picked up JAVA_TOOL_OPTIONS`, do not matter. Null when it is not a Java's answer.
 */
export function parseJavaVersion(output: string): ParsedJavaVersion | null {
  const version = /^\S+ version "(\d[\w.+-]*)"/m.exec(output)?.[1];
  if (!version) return null;
  const [first, second] = version.split(/[^\d]+/).map(Number);
  const major = first === 1 ? second : first;
  if (!major) return null;
  return { major, version, vendor: vendors.find(([pattern]) => pattern.test(output))?.[1] ?? "OpenJDK" };
}
