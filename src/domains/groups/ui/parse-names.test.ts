import { expect, it } from "vitest";
import { parseNames } from "./parse-names";

it("finds names however they were pasted, each once, and tells what is none", () => {
  expect(parseNames(" Steve, alex;Jeb_\r\n\tsteve\n.Bedrock  too-long_for_a_name ")).toEqual({
    names: ["Steve", "alex", "Jeb_", ".Bedrock"],
    wrong: ["too-long_for_a_name"],
  });
  expect(parseNames(" \n ")).toEqual({ names: [], wrong: [] });
});
