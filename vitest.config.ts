import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The long crash runs have files of their own (*.long.test.ts) and a run of their own (npm run test:long).
const isLong = process.env.MCSD_LONG === "1";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    environment: "node",
    include: [isLong ? "src/**/*.long.test.ts" : "src/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "src/test/e2e/**", ...(isLong ? [] : ["**/*.long.test.ts"])],
    globalSetup: ["src/test/database-setup.ts"],
    // Programs, JVMs and disks are waited for: three keep two cores busy.
    maxWorkers: 3,
    testTimeout: isLong ? 3_600_000 : 20_000,
    hookTimeout: 60_000,
  },
});
