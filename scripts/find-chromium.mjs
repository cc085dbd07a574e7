import { statSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** A Chromium of this machine: CHROMIUM_PATH, one on the PATH, one that Playwright downloaded; or null. */
export async function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const { chromium } = await import("@playwright/test");
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    chromium.executablePath(),
  ];
  return candidates.find((path) => path && isFile(path)) ?? null;
}

/** A PATH may name folders that this user cannot look into. */
function isFile(path) {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
