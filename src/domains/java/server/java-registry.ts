import { access, constants } from "node:fs/promises";
import type { Clock } from "@/server/clock";
import { AppError } from "@/server/errors";
import type { Logger } from "@/server/logger";
import type { JavaInstallation, JavaNotFound, JavaOverview } from "../contract";
import { detectJava } from "./find-java";
import type { JavaSearch } from "./java-places";

export interface JavaRegistry {
  /** Looks for the first time, in the background. Returns at once. */
  start(): void;
  /** What was found, most preferred first, and settings that lead nowhere. Waits for the first look. */
  list(): Promise<JavaOverview>;
  /** Looks again; joins a look that is under way. */
  rescan(): Promise<JavaOverview>;
  /**
   * The preferred Java of exactly this major, never another in its place. Looks again before it gives up. Throws
   * JAVA_NOT_FOUND with details of the form `JavaNotFound`.
   */
  resolve(major: number): Promise<JavaInstallation>;
}

export interface JavaRegistryOptions {
  search: JavaSearch;
  clock: Clock;
  log: Logger;
  detect?: typeof detectJava;
}

/** Someone who installs a Java and tries again at once must be served; someone who keeps trying must not cost a scan each time. */
const scanIsFreshMs = 5000;

/** Knows the machine's Javas. Looks only when asked to. */
export function createJavaRegistry({ search, clock, log, detect = detectJava }: JavaRegistryOptions): JavaRegistry {
  let current: Promise<JavaOverview> | null = null;
  let isScanning = false;
  let scannedAt = 0;

  const scan = (): Promise<JavaOverview> => {
    if (current && isScanning) return current;
    isScanning = true;
    current = detect(search)
      .then((overview) => {
        const majors = overview.installations.map((installation) => installation.major);
        log.info({ majors }, "looked for Java");
        for (const problem of overview.problems) log.warn({ ...problem }, "a Java setting does not lead to its Java");
        return overview;
      })
      .finally(() => {
        isScanning = false;
        scannedAt = clock.now().getTime();
      });
    return current;
  };

  const list = () => current ?? scan();

  return {
    start: () => void list().catch((error: Error) => log.error({ error: error.message }, "looking for Java failed")),
    list,
    rescan: scan,
    async resolve(major) {
      const known = pick(await list(), major);
      // An upgrade of the system's Java moves it: then what was found is no longer there.
      if (known && (await isExecutable(known.path))) return known;
      const isFresh = !known && clock.now().getTime() - scannedAt < scanIsFreshMs;
      const overview = isFresh ? await list() : await scan();
      const found = pick(overview, major);
      if (found) return found;
      throw notFound(major, overview);
    },
  };
}

function pick({ installations }: JavaOverview, major: number): JavaInstallation | undefined {
  return installations.find((installation) => installation.major === major);
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function notFound(required: number, { installations }: JavaOverview): AppError {
  const found = [...new Set(installations.map((installation) => installation.major))].sort((a, b) => a - b);
  const details: JavaNotFound = {
    required,
    found,
    howTo: {
      variable: `JAVA_${required}_PATH`,
      aptPackage: `openjdk-${required}-jre-headless`,
      newerMajor: found.find((major) => major > required) ?? null,
    },
  };
  const here = found.length > 0 ? `only ${found.join(", ")}` : "none";
  return new AppError(
    "JAVA_NOT_FOUND",
    `Java ${required} is needed and was not found (${here}). Install it, or name its java program in ${details.howTo.variable}.`,
    { ...details },
  );
}
