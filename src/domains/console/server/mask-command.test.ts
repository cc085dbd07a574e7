import { expect, it } from "vitest";
import { maskCommand } from "./mask-command";

it.each([
  ["authme register Steve hunter2", "authme register …"],
  ["authme:login hunter2", "authme:login …"],
  ["/login hunter2", "/login …"],
  ["changepassword old new", "changepassword …"],
  ["NLogin changepass Steve hunter2", "NLogin changepass …"],
  ["say login hunter2", "say login hunter2"],
  ["list", "list"],
  ["login", "login"],
  ["lp user Steve info", "lp user Steve info"],
  ["whitelist add Steve", "whitelist add Steve"],
])("%s is kept as %s", (command, kept) => {
  expect(maskCommand(command)).toBe(kept);
});
