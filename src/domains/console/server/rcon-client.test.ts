import { Rcon } from "rcon-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type StandIn, startStandIn } from "@/test/stand-in/start-stand-in";
import { createRconClient } from "./rcon-client";
import type { RconPort } from "./rcon-port";

let server: StandIn;
const clients: RconPort[] = [];

function client(options: { password?: string; port?: number; connectTimeoutMs?: number } = {}): RconPort {
  const created = createRconClient({
    host: "127.0.0.1",
    port: server.rconPort,
    password: server.rconPassword,
    ...options,
  });
  clients.push(created);
  return created;
}

/** What `reply N` and `unicode N` print: the text repeated to N UTF-16 units. */
function pattern(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/** As a Java server sends it: a surrogate pair that falls between two parts of 4,096 arrives as two question marks. */
function asSent(text: string): string {
  const parts = [];
  for (let at = 0; at === 0 || at < text.length; at += 4096) parts.push(text.slice(at, at + 4096));
  return parts.map((part) => part.replace(/[\ud800-\udfff]/gu, "?")).join("");
}

beforeAll(async () => {
  server = await startStandIn();
  await server.line("RCON running");
});
afterAll(() => server.dispose());
afterEach(() => {
  for (const created of clients.splice(0)) created.close();
});

describe("replies arrive whole", () => {
  it.each([0, 1, 4095, 4096, 4097, 8192, 9003, 100_000])("of %i characters", async (length) => {
    const rcon = client();
    expect(await rcon.command(`reply ${length}`)).toBe(pattern("0123456789", length));
    const text = await rcon.command(`unicode ${length}`);
    expect(text).toBe(asSent(pattern("§aGrün §r日本語 🌍 ", length)));
    expect(text).toHaveLength(length);
    expect(await rcon.command("seed")).toBe("Seed: [1234567890]");
  });

  it("in one connection", async () => {
    const started = () => server.lines.filter((line) => line.endsWith("Thread RCON Client /127.0.0.1 started")).length;
    const before = started();
    const rcon = client();
    for (const length of [10, 5000, 10]) await rcon.command(`reply ${length}`);
    await rcon.command("say counted");
    await server.line("[Rcon] counted");
    expect(started()).toBe(before + 1);
  });

  it("to 50 commands at once, each to its own, in order", async () => {
    const rcon = client();
    const order: number[] = [];
    const lengths = Array.from({ length: 50 }, (_, index) => (index % 5) * 3000 + index);
    const replies = await Promise.all(
      lengths.map((length, index) => rcon.command(`reply ${length}`).finally(() => order.push(index))),
    );
    expect(replies.map((reply) => reply.length)).toEqual(lengths);
    expect(order).toEqual(lengths.map((_, index) => index));
  });

  it("of messages without a newline between them", async () => {
    expect(await client().command("save-all flush")).toBe("Saving the game (this may take a moment!)Saved the game");
  });
});

describe("refusals", () => {
  it("says that the password is wrong, to everyone who waits", async () => {
    const rcon = client({ password: "wrong" });
    const failures = await Promise.allSettled([rcon.command("list"), rcon.command("list")]);
    expect(failures).toMatchObject([
      { reason: { code: "RCON_AUTH_FAILED" } },
      { reason: { code: "RCON_AUTH_FAILED" } },
    ]);
    await expect(client({ password: "x".repeat(2000) }).command("list")).rejects.toMatchObject({
      code: "RCON_AUTH_FAILED",
    });
  });

  it("says that nobody listens", async () => {
    await expect(client({ port: 1 }).command("list")).rejects.toMatchObject({ code: "RCON_UNREACHABLE" });
  });

  it.each(["", "  ", "say a\nstop", "say a\rstop", "say \0", "a".repeat(1447), "§".repeat(724)])(
    "never sends %j",
    async (command) => {
      await expect(client().command(command)).rejects.toMatchObject({ code: "COMMAND_INVALID" });
    },
  );

  it("sends the longest command that fits", async () => {
    const longest = `say ${"é".repeat(721)}`;
    expect(Buffer.byteLength(longest)).toBe(1446);
    await client().command(longest);
    await server.line(`[Rcon] ${"é".repeat(721)}`);
  });

  it("refuses the 257th that waits", async () => {
    const rcon = client();
    const outcomes = await Promise.allSettled(Array.from({ length: 300 }, () => rcon.command("seed")));
    const codes = outcomes.map((outcome) => (outcome.status === "fulfilled" ? "ok" : outcome.reason.code));
    expect(codes.filter((code) => code === "SERVER_BUSY")).toHaveLength(300 - 257);
    expect(codes.filter((code) => code === "ok")).toHaveLength(257);
  });
});

describe("a slow server", () => {
  it("never lets a late reply pass for another command's", async () => {
    const rcon = client();
    const slow = rcon.command("slow 400", { timeoutMs: 100 });
    const next = rcon.command("seed");
    await expect(slow).rejects.toMatchObject({ code: "RCON_TIMEOUT" });
    expect(await next).toBe("Seed: [1234567890]");
    expect(await rcon.command("reply 3")).toBe("012");
  });

  it("counts each command's time from its own sending", async () => {
    const rcon = client();
    const first = rcon.command("slow 300");
    const second = rcon.command("reply 5000", { timeoutMs: 250 });
    expect(await first).toBe("");
    expect(await second).toHaveLength(5000);
  });
});

describe("the end", () => {
  it("rejects what waits when closed, and everything after", async () => {
    const rcon = client();
    const waiting = [rcon.command("slow 100"), rcon.command("list")];
    await server.line("Thread RCON Client");
    rcon.close();
    for (const outcome of await Promise.allSettled(waiting))
      expect(outcome).toMatchObject({ reason: { code: "RCON_UNREACHABLE" } });
    await expect(rcon.command("list")).rejects.toMatchObject({ code: "RCON_UNREACHABLE" });
  });

  it("takes a stop for done, and comes back when the server does", async () => {
    const first = await startStandIn();
    await first.line("RCON running");
    const rcon = client({ port: first.rconPort, password: first.rconPassword });
    expect(await rcon.command("seed")).toBe("Seed: [1234567890]");
    expect(["", "Stopping the server"]).toContain(await rcon.command("stop"));
    expect((await first.exited).code).toBe(0);
    await expect(rcon.command("seed")).rejects.toMatchObject({ code: "RCON_UNREACHABLE" });
    const second = await startStandIn({ folder: first.folder, properties: { "rcon.port": first.rconPort } });
    await second.line("RCON running");
    expect(await rcon.command("seed")).toBe("Seed: [1234567890]");
    await Promise.all([second.dispose(), first.dispose()]);
  });
});

it("an independent client understands our stand-in too, and is refused by it", async () => {
  const address = { host: "127.0.0.1", port: server.rconPort };
  const peer = await Rcon.connect({ ...address, password: server.rconPassword });
  expect(await peer.send("list")).toMatch(/^There are \d+ of a max of 20 players online: /);
  expect(await peer.send("unicode 40")).toBe(pattern("§aGrün §r日本語 🌍 ", 40));
  await peer.end();
  await expect(Rcon.connect({ ...address, password: "wrong" })).rejects.toThrow("Authentication failed");
});
