import { createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { startStandIn } from "@/test/stand-in/start-stand-in";
import { pingServer } from "./list-ping";
import { encodeVarInt } from "./list-ping-frames";

const ends: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

/** A server that does what it likes with whoever connects; says how many connections are still open. */
async function peer(onConnection: (socket: Socket) => void): Promise<{ port: number; open: Set<Socket> }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    socket.resume();
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return { port: typeof address === "object" && address !== null ? address.port : 0, open };
}

function response(json: string): Buffer {
  const text = Buffer.from(json);
  const body = Buffer.concat([encodeVarInt(0), encodeVarInt(text.length), text]);
  return Buffer.concat([encodeVarInt(body.length), body]);
}

const ping = (port: number, timeoutMs = 2000) => pingServer({ host: "127.0.0.1", port, timeoutMs });

async function pingAnswering(json: unknown) {
  const { port } = await peer(
    (socket) => void socket.write(response(typeof json === "string" ? json : JSON.stringify(json))),
  );
  return ping(port);
}

describe("the stand-in", () => {
  it("answers with its name, players and words", async () => {
    const server = await startStandIn({ properties: { motd: "\\u00a7aHi \\u00a7lthere", "max-players": 7 } });
    ends.push(() => server.dispose());
    await server.line("Done (");
    for (const name of ["Notch", "jeb_"]) server.type(`join ${name}`);
    await server.line("jeb_ joined the game");
    const answer = await ping(server.gamePort);
    expect(answer).toMatchObject({
      version: { name: "1.21.11", protocol: 774 },
      online: 2,
      max: 7,
      motd: "Hi there",
      sample: [{ name: "Notch", id: "b50ad385-829d-3141-a216-7e7d7539ba7f" }, { name: "jeb_" }],
      hasFavicon: false,
    });
    expect(answer.latencyMs).toBeGreaterThanOrEqual(0);
    server.type("leave Notch");
    await server.line("Notch left the game");
    expect(await ping(server.gamePort)).toMatchObject({ online: 1 });
  });
});

describe("what servers say", () => {
  it.each([
    ["nothing", {}, ""],
    ["a string", { description: "§aHello §lworld" }, "Hello world"],
    ["a component", { description: { text: "a", extra: [{ text: "b" }, "c", { text: "", extra: ["d"] }] } }, "abcd"],
    ["a list", { description: ["a", { text: "b" }] }, "ab"],
    ["a translation", { description: { translate: "multiplayer.motd", fallback: "hi" } }, "hi"],
    ["nonsense", { description: { text: { text: true } }, players: "many", version: 3, favicon: 1 }, ""],
  ])("of themselves: %s", async (_name, json, motd) => {
    expect(await pingAnswering(json)).toMatchObject({
      motd,
      online: null,
      max: null,
      sample: [],
      version: { name: "", protocol: null },
      hasFavicon: false,
    });
  });

  it("of their players: null, fakes and too many", async () => {
    expect((await pingAnswering({ players: { max: 5, online: 3, sample: null } })).sample).toEqual([]);
    const sample = [null, 3, { name: "§cBuy §lVIP", id: "x" }, { id: "y" }, ...Array(500).fill({ name: "n", id: "i" })];
    const answer = await pingAnswering({ players: { max: 5, online: 3, sample } });
    expect(answer).toMatchObject({ online: 3, max: 5 });
    expect(answer.sample[0]).toEqual({ name: "Buy VIP", id: "x" });
    expect(answer.sample.length).toBeLessThanOrEqual(100);
  });

  it("in bytes that come one by one", async () => {
    const { port } = await peer((socket) => {
      for (const byte of response('{"description":"slow"}')) socket.write(Buffer.from([byte]));
    });
    expect((await ping(port)).motd).toBe("slow");
  });
});

describe("hostile answers", () => {
  const nested = (depth: number) => `{"description":${'{"extra":['.repeat(depth)}"deep"${"]}".repeat(depth)}}`;

  it.each([
    ["nesting", () => response(nested(15000))],
    ["width", () => response(`{"description":[${'["a"],'.repeat(40000)}"a"]}`)],
  ])("are bounded in %s", async (_name, bytes) => {
    const { port } = await peer((socket) => void socket.write(bytes()));
    const motd = await ping(port).then(
      (answer) => answer.motd,
      (error) => error.details.reason,
    );
    expect(motd.length).toBeLessThanOrEqual(1000);
  });

  it.each([
    ["a frame of 2 MiB", Buffer.concat([encodeVarInt(2097151), Buffer.alloc(4096)])],
    ["a negative length", encodeVarInt(-1)],
    ["a length without end", Buffer.alloc(64, 0xff)],
    ["another packet", Buffer.from([2, 5, 0])],
    ["a string longer than its frame", Buffer.from([3, 0, 100, 65])],
    ["no JSON", response("<html>")],
    ["no object", response("[1,2]")],
    ["HTTP", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ])("are refused: %s", async (_name, bytes) => {
    const { port, open } = await peer((socket) => void socket.write(bytes));
    await expect(ping(port)).rejects.toMatchObject({ code: "UPSTREAM_FAILED", details: { reason: "bad_answer" } });
    await expect.poll(() => open.size).toBe(0);
  });

  it("end in time: silence, trickle, close, reset, nobody there", async () => {
    const silent = await peer(() => undefined);
    await expect(ping(silent.port, 50)).rejects.toMatchObject({ details: { reason: "timeout" } });
    await expect.poll(() => silent.open.size).toBe(0);
    const trickling = await peer((socket) => {
      const timer = setInterval(() => socket.write(Buffer.from([0x81])), 10);
      socket.on("close", () => clearInterval(timer));
    });
    await expect(ping(trickling.port, 60)).rejects.toMatchObject({ code: "UPSTREAM_FAILED" });
    const closing = await peer((socket) => void socket.end());
    await expect(ping(closing.port)).rejects.toMatchObject({ details: { reason: "closed" } });
    const resetting = await peer((socket) => void socket.resetAndDestroy());
    await expect(ping(resetting.port)).rejects.toMatchObject({ code: "UPSTREAM_FAILED" });
    await expect(ping(1)).rejects.toMatchObject({ details: { reason: "refused" } });
  });
});
