import { expect, it } from "vitest";
import { hideSecrets } from "./hide-secrets";

it.each(["\n", "\r\n"])("hides values of secrets and nothing else, line by line (%j)", (end) => {
  const given = ["a=1", "rcon.password=x y", " management-server-secret : z", "RCON.PASSWORD=w", "b=2"];
  const shown = [
    "a=1",
    "rcon.password=********",
    " management-server-secret : ********",
    "RCON.PASSWORD=********",
    "b=2",
  ];
  expect(hideSecrets("sub/server.properties", given.join(end))).toBe(shown.join(end));
  const empty = ["management-server-secret=", "management-server-tls-enabled=true", "rcon.password=", "", "c=3"].join(
    end,
  );
  expect(hideSecrets("server.properties", empty)).toBe(empty);
  expect(hideSecrets("other.properties", given.join(end))).toBe(given.join(end));
});
