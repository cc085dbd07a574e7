import { expect, it } from "vitest";
import { parseLogLine } from "../../console/server/parse-log-line";
import { parsePlayerLine } from "./parse-player-line";

const parse = (text: string) => parsePlayerLine(parseLogLine(text));

const uuid = "b50ad385-829d-3141-a216-7e7d7539ba7f";

it.each([
  [`[12:34:56] [User Authenticator #0/INFO]: UUID of player Notch is ${uuid}`, { kind: "uuid", name: "Notch", uuid }],
  [
    "[12:34:56] [Server thread/INFO]: Notch[/1.2.3.4:43608] logged in with entity id 282 at ([world]-170.7, 64.0, 313.3)",
    { kind: "joined", name: "Notch", formerly: null },
  ],
  [
    "[12:34:56] [Server thread/INFO]: Notch[IP hidden] logged in with entity id 2 at (1, 2, 3)",
    { kind: "joined", name: "Notch", formerly: null },
  ],
  ["[12:34:56 INFO]: §eNotch joined the game", { kind: "joined", name: "Notch", formerly: null }],
  ["[12:34:56 INFO]: \u001b[93m.Steve_1 joined the game\u001b[m", { kind: "joined", name: ".Steve_1", formerly: null }],
  [
    "[05Dec2022 05:20:55.183] [Server thread/INFO] [net.minecraft.server.dedicated.DedicatedServer/]: New (formerly known as Old) joined the game",
    { kind: "joined", name: "New", formerly: "Old" },
  ],
  ["2019-02-08 23:33:23 [INFO] Notch left the game", { kind: "left", name: "Notch" }],
  ["[12:34:56] [Server thread/INFO]: Notch lost connection: Timed out", { kind: "left", name: "Notch" }],
  ["[12:34:56] [Server thread/INFO]: Starting minecraft server version 1.21.11", { kind: "begun" }],
])("reads %s", (line, wanted) => {
  expect(parse(line)).toEqual(wanted);
});

it.each([
  "<Mallory> Notch joined the game",
  "[Not Secure] <Mallory> Notch left the game",
  "[Server] Notch joined the game",
  "[Rcon] Notch left the game",
  "* Mallory Notch joined the game",
  "Mallory issued server command: /me Notch left the game",
  "[Mallory: Notch joined the game]",
  "Notch joined the game today",
  "Notch joined the game, and so did I",
  "Team Notch joined the game",
  "com.mojang.authlib.GameProfile@1f[id=<null>,name=Notch] (/1.2.3.4:5) lost connection: Disconnected",
  "Disconnecting Notch (/1.2.3.4:5): You are not white-listed on this server!",
  `UUID of player Notch is ${uuid} and more`,
  "A_name_that_is_longer joined the game",
])("takes no notice of: %s", (message) => {
  expect(parse(`[12:34:56] [Server thread/INFO]: ${message}`)).toBeNull();
  expect(parse(`[12:34:56 INFO]: ${message}`)).toBeNull();
});

it("takes no notice of what has no time before it", () => {
  expect(parse("Notch joined the game")).toBeNull();
});
