import { expect, it } from "vitest";
import { hideSecrets, stripSecrets } from "./hide-secrets";
import { keepSecrets } from "./keep-secrets";

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

it("hides every secret of server.properties, and takes what is still hidden for what it was", () => {
  const lines = [
    "motd=password",
    "rcon.password=one",
    "management-server-secret = two",
    "management-server-tls-keystore-password:three",
    "management-server-port=4",
  ];
  const text = lines.join("\n");
  const hidden = hideSecrets("server.properties", text);
  expect(hidden.split("\n")).toEqual([
    "motd=password",
    "rcon.password=********",
    "management-server-secret = ********",
    "management-server-tls-keystore-password:********",
    "management-server-port=4",
  ]);
  expect(keepSecrets("server.properties", hidden.replace("=4", "=5"), text)).toBe(text.replace("=4", "=5"));
  expect(hideSecrets("notes.txt", text)).toBe(text);
  const stripped = hidden.replaceAll("********", "");
  expect(stripSecrets("server.properties", text)).toBe(stripped);
  expect(stripSecrets("server.properties", text.replaceAll("\n", "\r\n"))).toBe(stripped.replaceAll("\n", "\r\n"));
});
