import { defineConfig } from "@playwright/test";

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
/** What language and width do not change. */
const onceOnly = /people-(?:renewal|attack)\.spec\.ts$/;

/**
 * The product in a real browser: the production build, its own program per combination of language and width. Two projects
 * see every page in both languages and widths; the first evening passes in all four.
 */
export default defineConfig({
  testDir: "src/test/e2e",
  testMatch: "*.spec.ts",
  fullyParallel: false,
  // Two at once are slower than one after the other on two cores: a browser without a graphics card needs them both.
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
    { name: "en-desktop", use: { viewport: desktop, locale: "en-GB" } },
    {
      name: "ja-phone",
      use: { viewport: phone, locale: "ja-JP", hasTouch: true },
      testIgnore: onceOnly,
      // A phone has no keyboard and no mouse.
      grepInvert: /@(?:keyboard|mouse)/,
    },
    { name: "ja-desktop", use: { viewport: desktop, locale: "ja-JP" }, testMatch: "first-evening.spec.ts" },
    {
      name: "en-phone",
      use: { viewport: phone, locale: "en-GB", hasTouch: true },
      testMatch: "first-evening.spec.ts",
    },
  ],
});
