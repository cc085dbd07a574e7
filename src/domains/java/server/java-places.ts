import { readdir } from "node:fs/promises";
import { posix, win32 } from "node:path";
import type { JavaSource } from "../contract";

/** Where to look. Everything comes from outside, so that a test can build a machine of its own. */
export interface JavaSearch {
  /** `JAVA_<n>_PATH` by major: a `java` program, or the home of one. */
  explicitPaths: Readonly<Record<number, string>>;
  /** Absolute path of the data folder's `java`, which holds one home per major. */
  dataFolder: string;
  javaHome?: string;
  /** The environment's PATH. */
  path?: string;
  /** The user's home folder. */
  homeFolder?: string;
  /** Folders of which each child may be a Java home; left out: the platform's usual ones. */
  systemFolders?: readonly string[];
  platform?: NodeJS.Platform;
}

export interface JavaPlace {
  source: JavaSource;
  /** Absolute path of a program that may or may not exist. */
  path: string;
  /** The major that a setting promised. */
  expected: number | null;
}

const unixFolders = [
  "/usr/lib/jvm",
  "/usr/lib64/jvm",
  "/usr/java",
  "/opt/java",
  "/usr/local/openjdk",
  "/Library/Java/JavaVirtualMachines",
];
const windowsVendors = ["Java", "Eclipse Adoptium", "Microsoft", "Zulu", "Amazon Corretto", "BellSoft", "Semeru"];
const windowsFolders = ["C:\\Program Files", "C:\\Program Files (x86)"].flatMap((folder) =>
  windowsVendors.map((vendor) => `${folder}\\${vendor}`),
);

/** Every program that could be a Java, most preferred first. Reads folder listings only. */
export async function listJavaPlaces(search: JavaSearch): Promise<JavaPlace[]> {
  const isWindows = (search.platform ?? process.platform) === "win32";
  const { join, delimiter, isAbsolute } = isWindows ? win32 : posix;
  const program = isWindows ? "java.exe" : "java";
  const inHome = (home: string) => [join(home, "bin", program), join(home, "Contents", "Home", "bin", program)];
  const place =
    (source: JavaSource, expected: number | null = null) =>
    (path: string) => ({ source, path, expected });

  const explicit = Object.entries(search.explicitPaths).flatMap(([major, path]) =>
    [path, join(path, "bin", program)].map(place("setting", Number(major))),
  );
  const homesIn = async (folders: readonly string[]) => {
    const listings = await Promise.all(
      folders.map(async (folder) => (await childrenOf(folder)).map((name) => join(folder, name))),
    );
    return listings.flat().flatMap(inHome);
  };
  const { homeFolder, javaHome } = search;
  const sdkFolders = homeFolder ? [join(homeFolder, ".sdkman", "candidates", "java"), join(homeFolder, ".jdks")] : [];
  const onPath = (search.path ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  return [
    ...explicit,
    ...(await homesIn([search.dataFolder])).map(place("data")),
    ...(javaHome ? inHome(javaHome) : []).map(place("java-home")),
    ...(await homesIn(search.systemFolders ?? (isWindows ? windowsFolders : unixFolders))).map(place("system")),
    ...(await homesIn(sdkFolders)).map(place("sdkman")),
    ...onPath.map((folder) => join(folder, program)).map(place("path")),
  ];
}

async function childrenOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith(".")).sort();
}
