import { expect, it } from "vitest";
import { applyCompletion, completeCommand } from "./complete-command";

it("offers commands for the first word, with or without a slash", () => {
  expect(completeCommand("whi", [])).toEqual(["whitelist"]);
  expect(completeCommand("/DIFF", [])).toEqual(["difficulty"]);
  expect(completeCommand("", [])).toEqual([]);
});

it("offers what follows: fixed words and players who are online", () => {
  expect(completeCommand("gamemode ", ["Ada"])).toEqual(["survival", "creative", "adventure", "spectator"]);
  expect(completeCommand("gamemode creative a", ["Ada", "Bob"])).toEqual(["Ada"]);
  expect(completeCommand("kick b", ["Ada", "Bob"])).toEqual(["Bob"]);
});

it("offers nothing for free text, unknown commands and finished words", () => {
  expect(completeCommand("say he", ["herobrine"])).toEqual([]);
  expect(completeCommand("frobnicate a", ["Ada"])).toEqual([]);
  expect(completeCommand("list", [])).toEqual([]);
});

it("replaces the last word and keeps the rest", () => {
  expect(applyCompletion("gamemode crea", "creative")).toBe("gamemode creative ");
  expect(applyCompletion("/whi", "whitelist")).toBe("/whitelist ");
});
