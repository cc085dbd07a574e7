import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes";

it.each([
  [0, "0 B"],
  [-5, "0 B"],
  [1023, "1,023 B"],
  [1024, "1 KB"],
  [1536, "1.5 KB"],
  [1024 ** 2 - 1, "1 MB"],
  [2048 * 1024 ** 2, "2 GB"],
  [12.34 * 1024 ** 3, "12.3 GB"],
  [5000 * 1024 ** 4, "5,000 TB"],
])("writes %d as %s", (bytes, text) => {
  expect(formatBytes(bytes, "en")).toBe(text);
});
