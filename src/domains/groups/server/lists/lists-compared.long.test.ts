import { it } from "vitest";
import { compareLists } from "@/test/compare-lists";

it.each([11, 22, 33, 44])("lists are the same by every way, seed %i", { timeout: 600_000 }, (seed) =>
  compareLists(400, seed),
);
