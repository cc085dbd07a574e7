import { defineConfig } from "@playwright/test";

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
/** What language and width do not change. */
const onceOnly = /people-(?:renewal|attack)\.spec\.ts$/;
/** What passes on a phone in Japanese, the rest on a desk in English. */
const phoneFlows =
  /(?:files-world|snapshots-notes|people-account|people-factors|metrics|players-import|pages)\.spec\.ts$/;
const firstEvening = /first-evening\.spec\.ts$/;
const inAll = [firstEvening, /pages\.spec\.ts$/];
/** Minutes of waiting: in the long run. */
const longOnly = /people-renewal\.spec\.ts$/;
const isLong = process.env.MCSD_LONG === "1";

/**
 * The product in a real browser: the production build, its own program per combination of language and width. Each flow passes in
 * one combination, the first evening in both, and a walk sees all pages on a phone; the long run takes everything through both.
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
    // A film of every test costs a fifth of the time, what the page held at each step a tenth.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: isLong },
    actionTimeout: 15_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
    },
  },
  projects: [
    {
      name: "en-desktop",
      use: { viewport: desktop, locale: "en-GB" },
      ...(!isLong && { testIgnore: [phoneFlows, longOnly] }),
    },
    {
      name: "ja-phone",
      use: { viewport: phone, locale: "ja-JP", hasTouch: true },
      ...(isLong ? { testIgnore: onceOnly } : { testMatch: [phoneFlows, firstEvening] }),
      // A phone has no keyboard and no mouse.
      grepInvert: /@(?:keyboard|mouse)/,
    },
    ...(isLong
      ? [
          { name: "ja-desktop", use: { viewport: desktop, locale: "ja-JP" }, testMatch: inAll },
          {
            name: "en-phone",
            use: { viewport: phone, locale: "en-GB", hasTouch: true },
            testMatch: inAll,
          },
        ]
      : []),
  ],
});
