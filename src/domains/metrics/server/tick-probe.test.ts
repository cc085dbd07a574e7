import { expect, it } from "vitest";
import { startStandIn } from "@/test/stand-in/start-stand-in";
import { createRconClient } from "../../console/server/rcon-client";
import type { RconPort } from "../../console/server/rcon-port";
import type { TrackedServer } from "../../servers/server/tracked-server";
import { createTickProbe } from "./tick-probe";

const serverOf = (type: string, version: string, state = "running") =>
  ({ handle: {}, record: { type, version, state } }) as unknown as TrackedServer;

/** A console that answers from a table, and what it was asked. */
function consoleOf(answers: Record<string, string>) {
  const asked: string[] = [];
  const rcon: RconPort = {
    async command(text) {
      asked.push(text);
      return answers[text] ?? "Unknown or incomplete command. See below for error";
    },
    close: () => {},
  };
  return { asked, probe: createTickProbe({ probe: () => rcon }) };
}

it("asks each kind of server in its own words", async () => {
  const answers = {
    "tick query": "The game is running normallyTarget tick rate: 20.0 per second.\nAverage time per tick: 4.0ms",
    tps: "§6TPS from last 1m, 5m, 15m: §a19.5, §a20.0, §a20.0",
    mspt: "§6Server tick times §e(§7avg§e/§7min§e/§7max§e)§6 from last 5s§7,§6 10s§7,§6 1m§e:§6◴ §a9.5§7/§a1.0§7/§a20.0",
    "forge tps": "Overall: Mean tick time: 5.000 ms. Mean TPS: 18.000",
  };
  const { asked, probe } = consoleOf(answers);
  expect(await probe(serverOf("vanilla", "1.20.3"))).toEqual({ tps: 20, mspt: 4 });
  expect(await probe(serverOf("paper", "1.16.5"))).toEqual({ tps: 19.5, mspt: 9.5 });
  expect(await probe(serverOf("forge", "1.18.2"))).toEqual({ tps: 18, mspt: 5 });
  expect(asked).toEqual(["tick query", "tps", "mspt", "forge tps"]);
  expect(await probe(serverOf("vanilla", "1.20.2"))).toEqual({ tps: null, mspt: null });
  expect(await probe(serverOf("vanilla", "1.21.11", "starting"))).toEqual({ tps: null, mspt: null });
  expect(asked).toHaveLength(4);
});

it("asks a server that does not answer less and less often", async () => {
  const { asked, probe } = consoleOf({});
  const server = serverOf("custom", "1");
  const askedAt: number[] = [];
  for (let turn = 0; turn < 100; turn++) {
    const before = asked.length;
    expect(await probe(server)).toEqual({ tps: null, mspt: null });
    if (asked.length > before) askedAt.push(turn);
  }
  expect(askedAt).toEqual([0, 2, 6, 14, 30, 62, 94]);
});

it("reads the answers of a server of either kind over RCON", { timeout: 20_000 }, async () => {
  for (const style of ["vanilla", "paper"]) {
    const standIn = await startStandIn({ behaviour: { "console.style": style, "tick.ms": "62.5" } });
    const rcon = createRconClient({ host: "127.0.0.1", port: standIn.rconPort, password: standIn.rconPassword });
    try {
      await standIn.line("RCON running");
      const probe = createTickProbe({ probe: () => rcon });
      expect(await probe(serverOf(style, "1.21.11"))).toEqual({ tps: 16, mspt: 62.5 });
    } finally {
      rcon.close();
      await standIn.dispose();
    }
  }
});
