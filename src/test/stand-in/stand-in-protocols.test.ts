import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StandIn, startStandIn } from "./start-stand-in";

let server: StandIn;

beforeAll(async () => {
  server = await startStandIn({ properties: { motd: "A §lstand-in", "max-players": 7 } });
  await server.line("RCON running");
});
afterAll(() => server.dispose());

async function open(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** The next bytes as hex, or `closed`. */
async function next(socket: Socket): Promise<string> {
  const data = once(socket, "data").then(([chunk]) => (chunk as Buffer).toString("hex"));
  return Promise.race([data, once(socket, "close").then(() => "closed")]);
}

function packet(id: number, type: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(12);
  for (const [index, value] of [payload.length + 10, id, type].entries()) head.writeInt32LE(value, index * 4);
  return Buffer.concat([head, payload, Buffer.alloc(2)]);
}

const reply = (id: number, type: number, text: string) => packet(id, type, text).toString("hex");

describe("RCON by vanilla's rules", () => {
  async function signedIn(): Promise<Socket> {
    const socket = await open(server.rconPort);
    socket.write(packet(9, 3, server.rconPassword));
    expect(await next(socket)).toBe(reply(9, 2, ""));
    return socket;
  }

  it("refuses with id -1, stays open, and lets the next try in", async () => {
    const socket = await open(server.rconPort);
    socket.write(packet(5, 2, "list"));
    expect(await next(socket)).toBe(reply(-1, 2, ""));
    socket.write(packet(6, 3, "wrong"));
    expect(await next(socket)).toBe(reply(-1, 2, ""));
    socket.write(packet(7, 3, server.rconPassword));
    expect(await next(socket)).toBe(reply(7, 2, ""));
    socket.destroy();
  });

  it.each([
    ["two packets in one read", Buffer.concat([packet(1, 2, "seed"), packet(2, 2, "seed")])],
    ["half a packet", packet(1, 2, "seed").subarray(0, 12)],
    ["a length that lies", Buffer.concat([packet(1, 2, "seed"), Buffer.alloc(1)])],
    ["more than 1,460 bytes", packet(1, 2, "a".repeat(1447))],
  ])("closes on %s", async (_name, bytes) => {
    const socket = await signedIn();
    socket.on("error", () => undefined);
    socket.write(bytes);
    expect(await next(socket)).toBe("closed");
  });

  it("answers the longest packet, an unknown type and an empty reply", async () => {
    const socket = await signedIn();
    socket.write(packet(1, 2, `say ${"a".repeat(1442)}`));
    expect(await next(socket)).toBe(reply(1, 0, ""));
    socket.write(packet(2, 100, "seed"));
    expect(await next(socket)).toBe(reply(2, 0, "Unknown request 64"));
    socket.write(packet(3, 2, "nonsense"));
    expect(await next(socket)).toBe(reply(3, 0, "Unknown or incomplete command. See below for errornonsense<--[HERE]"));
    socket.destroy();
  });
});

describe("list pings of old clients", () => {
  const utf16 = (text: string) => {
    const bytes = Buffer.from(text, "utf16le").swap16();
    return Buffer.concat([Buffer.from([0xff, text.length >> 8, text.length & 255]), bytes]).toString("hex");
  };

  it.each([
    ["beta to 1.3", "fe", utf16("A lstand-in§0§7")],
    ["1.4 and 1.5", "fe01", utf16("§1\u0000127\u00001.21.11\u0000A §lstand-in\u00000\u00007")],
    [
      "1.6",
      "fe01fa000b004d0043007c00500069006e00670048006f00730074",
      utf16("§1\u0000127\u00001.21.11\u0000A §lstand-in\u00000\u00007"),
    ],
  ])("%s", async (_name, request, answer) => {
    const socket = await open(server.gamePort);
    socket.write(Buffer.from(request, "hex"));
    expect(await next(socket)).toBe(answer);
    socket.destroy();
  });

  it("are not seen in a modern handshake of 254 bytes", async () => {
    const socket = await open(server.gamePort);
    // Packet 0, protocol 770, a host name of 246 bytes, port 25565, next state 1: 254 bytes, and FE 01 is their VarInt.
    const handshake = Buffer.concat([
      Buffer.from("008206f601", "hex"),
      Buffer.alloc(246, "a"),
      Buffer.from("63dd01", "hex"),
    ]);
    expect(handshake).toHaveLength(254);
    socket.write(Buffer.concat([Buffer.from("fe01", "hex"), handshake, Buffer.from("0100", "hex")]));
    expect(Buffer.from(await next(socket), "hex").toString()).toContain('"protocol":774');
    socket.destroy();
  });
});

it("hangs when told to: no command and no TERM ends it", async () => {
  const stuck = await startStandIn();
  await stuck.line("RCON running");
  stuck.type("hang");
  stuck.type("stop");
  // It hangs once it has read that, and says nothing about it.
  await delay(1000);
  stuck.child.kill("SIGTERM");
  const socket = await open(stuck.rconPort);
  socket.write(packet(1, 3, stuck.rconPassword));
  expect(await next(socket)).toBe(reply(1, 2, ""));
  expect(stuck.child.exitCode).toBe(null);
  socket.destroy();
  await stuck.dispose();
});
