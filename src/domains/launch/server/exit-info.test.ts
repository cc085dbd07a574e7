import { expect, it } from "vitest";
import { toExitInfo } from "./exit-info";

const at = new Date(0);

it.each([
  [0, 0, null],
  [1, 1, null],
  [3, 3, null],
  [70, 70, null],
  [137, null, "SIGKILL"],
  [134, null, "SIGABRT"],
  [139, null, "SIGSEGV"],
  [143, 143, "SIGTERM"],
  [130, 130, "SIGINT"],
  [255, 255, null],
])("$? of %i means code %s, signal %s", (shellCode, code, signal) => {
  expect(toExitInfo(shellCode, at)).toEqual({ code, signal, outOfMemory: false, at: "1970-01-01T00:00:00.000Z" });
});
