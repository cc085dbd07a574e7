import { expect, it } from "vitest";
import { parseTags } from "./tags-input";

it("splits at commas of both languages, trims and drops repetitions", () => {
  expect(parseTags(" smp, event、建築，smp,, ")).toEqual(["smp", "event", "建築"]);
  expect(parseTags("")).toEqual([]);
});
