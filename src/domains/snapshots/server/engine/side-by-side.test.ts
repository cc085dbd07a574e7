import { afterEach, beforeEach, it } from "vitest";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";
import { runSideBySide } from "@/test/snapshots/run-side-by-side";

let on: TestEngine;
beforeEach(async () => {
  on = await openTestEngine();
});
afterEach(() => on.close());

// Five hundred of them are in side-by-side.long.test.ts.
it(
  "keeps every snapshot whole while others are taken, restored, deleted and collected beside it",
  { timeout: 120_000 },
  () => runSideBySide(on, 60),
);
