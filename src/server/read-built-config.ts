import { readFileSync } from "node:fs";
import { join } from "node:path";

interface BuiltConfig {
  experimental: Record<string, unknown>;
}

/**
 * Next's configuration as the build settled it; null when there is no build. To read `next.config.mjs` anew loads what only
 * builds need, and to load every page beforehand takes as long again: together a third of the start, and 25 MB.
 */
export function readBuiltConfig(projectFolder: string): BuiltConfig | null {
  const config = readConfig(join(projectFolder, ".next", "required-server-files.json"));
  return config && { ...config, experimental: { ...config.experimental, preloadEntriesOnStart: false } };
}

function readConfig(path: string): BuiltConfig | null {
  try {
    const { config }: { config?: BuiltConfig } = JSON.parse(readFileSync(path, "utf8"));
    return config ?? null;
  } catch {
    return null;
  }
}
