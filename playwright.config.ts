import { defineConfig } from "@playwright/test";

/** The product in a real browser: the production build, its own program per combination of language and width. */
export default defineConfig({
  testDir: "src/test/e2e",
  testMatch: "*.spec.ts",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 10_000 },
  outputDir: ".build/test/browser",
  reporter: "list",
  use: {
    browserName: "chromium",
    trace: "retain-on-failure",
    actionTimeout: 15_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
    },
  },
  projects: [
    { name: "en-desktop", use: { viewport: { width: 1280, height: 800 }, locale: "en-GB" } },
    { name: "ja-phone", use: { viewport: { width: 390, height: 844 }, locale: "ja-JP", hasTouch: true } },
    { name: "ja-desktop", use: { viewport: { width: 1280, height: 800 }, locale: "ja-JP" } },
    { name: "en-phone", use: { viewport: { width: 390, height: 844 }, locale: "en-GB", hasTouch: true } },
  ],
});
