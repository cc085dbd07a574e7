// Longer than 250 lines because every way in which a peer can misbehave stands in one place.
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { systemClock as clock } from "@/server/clock";
import { until } from "@/test/program-until";
import { createManagementClient } from "./management-client";
import { openManagement } from "./management-connection";
import { managementMethods } from "./management-methods";

const ends: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
const { status, autosave, players } = managementMethods;
const quick = { first: 10, last: 40, refused: 100 };
const secret = "a".repeat(40);

/** What comes instead of a WebSocket. */
async function plainPeer(greet: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    greet(socket);
    socket.resume();
  });
  return { port: await listen(server), sockets, close: closing(server, sockets) };
}

/** A game that lets in whoever has the secret and answers a call with whatever `answer` sends. */
async function peer(answer: (socket: WebSocket, call: { id: number; method: string }, connection: number) => void) {
  const sockets = new Set<Socket>();
  const seen: string[] = [];
  let connections = 0;
  const game = new WebSocketServer({ noServer: true });
  const server = (await import("node:http")).createServer();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request, socket, head) => {
    seen.push(`${request.headers.authorization} ${request.headers["sec-websocket-extensions"] ?? "-"}`);
    game.handleUpgrade(request, socket, head, (opened) => {
      const number = ++connections;
      opened.on("error", () => undefined);
      opened.on("message", (data) => answer(opened, JSON.parse(String(data)), number));
    });
  });
  const port = await listen(server);
  return { port, sockets, seen, game, count: () => connections, close: closing(server, sockets) };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function closing(server: Server, sockets: Set<Socket>): () => Promise<unknown> {
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  ends.push(close);
  return close;
}

const open = (port: number, heard: string[] = []) =>
  openManagement({
    ...{ host: "127.0.0.1", port, secret, clock, connectTimeoutMs: 250, maxBytes: 10_000 },
    signal: new AbortController().signal,
    onNotification: (name) => void heard.push(name),
  });
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error) => `${error.code} ${error.details.reason ?? error.details.said}`,
  );
const head = (line: string, more = "") => `HTTP/1.1 ${line}\r\nConnection: close\r\n${more}\r\n`;
const endless = (socket: Socket) => {
  socket.write("HTTP/1.1 101 Switching Protocols\r\n");
  const timer = setInterval(() => socket.write("X-More: 1\r\n"), 20);
  socket.on("close", () => clearInterval(timer));
};

it.each<[string, (socket: Socket) => void, string]>([
  ["never answers", () => {}, "timeout"],
  ["answers without an end", endless, "timeout"],
  ["hangs up", (socket) => socket.destroy(), "ECONNRESET"],
  ["refuses the secret", (socket) => socket.end(head("401 Unauthorized", "Content-Length: 0\r\n")), "refused"],
  ["leads elsewhere", (socket) => socket.end(head("302 Found", "Location: ws://127.0.0.1:1/\r\n")), "status_302"],
  ["is another service", (socket) => socket.end(head("200 OK", "Content-Length: 2\r\n\r\nhi")), "status_200"],
  ["speaks no HTTP", (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"), "HPE_INVALID_CONSTANT"],
  [
    "does not know the handshake",
    (socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
    "error",
  ],
])("does not get in where somebody %s", async (_name, greet, reason) => {
  const { port, sockets } = await plainPeer((socket) => void socket.once("data", () => greet(socket)));
  expect(await reasonOf(open(port))).toBe(`MANAGEMENT_UNREACHABLE ${reason}`);
  await until(async () => sockets.size === 0, "no socket is left");
});

type Answer = (socket: WebSocket, id: number) => void;
const say = (socket: WebSocket, value: unknown) => socket.send(JSON.stringify(value));
const right = (id: number, result: unknown = { started: true }) => ({ jsonrpc: "2.0", id, result });

it.each<[string, Answer, string, "stands" | "is lost"]>([
  ["is no JSON", (socket) => socket.send("{"), "MANAGEMENT_UNREACHABLE garbage", "is lost"],
  ["is no message", (socket) => say(socket, [1]), "MANAGEMENT_UNREACHABLE garbage", "is lost"],
  ["is binary", (socket) => socket.send(Buffer.from([1, 2])), "MANAGEMENT_UNREACHABLE garbage", "is lost"],
  ["is for another id", (socket) => say(socket, right(77)), "MANAGEMENT_UNREACHABLE unasked_reply", "is lost"],
  [
    "has an id of text",
    (socket, id) => say(socket, { ...right(id), id: `${id}` }),
    "MANAGEMENT_UNREACHABLE garbage",
    "is lost",
  ],
  [
    "is too long",
    (socket, id) => say(socket, right(id, "x".repeat(20_000))),
    "MANAGEMENT_UNREACHABLE WS_ERR_UNSUPPORTED_MESSAGE_LENGTH",
    "is lost",
  ],
  ["is the end", (socket) => socket.close(), "MANAGEMENT_UNREACHABLE closed", "is lost"],
  ["is a cut", (socket) => socket.terminate(), "MANAGEMENT_UNREACHABLE closed", "is lost"],
  [
    "is a frame that breaks the rules",
    (socket) => rawOf(socket).write(Buffer.from([0xff, 0x01, 0])),
    "MANAGEMENT_UNREACHABLE WS_ERR_UNEXPECTED_RSV_2_3",
    "is lost",
  ],
  ["never comes", () => {}, "MANAGEMENT_UNREACHABLE timeout", "stands"],
  [
    "is another thing",
    (socket, id) => say(socket, right(id, { started: "yes" })),
    "MANAGEMENT_UNREACHABLE unexpected_answer",
    "stands",
  ],
  ["is nothing", (socket, id) => say(socket, { jsonrpc: "2.0", id }), "MANAGEMENT_UNREACHABLE garbage", "is lost"],
  [
    "is a refusal",
    (socket, id) => say(socket, { jsonrpc: "2.0", id, error: { code: -32601, message: "Method not found" } }),
    "COMMAND_REFUSED Method not found",
    "stands",
  ],
])("says so when an answer %s", async (_name, answer, expected, fate) => {
  const { port } = await peer((socket, { id, method }) =>
    method === autosave.name ? say(socket, right(id, true)) : answer(socket, id),
  );
  const connection = await open(port);
  expect(await reasonOf(connection.call(status, [], 150))).toBe(expected);
  const next = await reasonOf(connection.call(autosave, [], 1000));
  expect(next === "none" ? "stands" : "is lost").toBe(fate);
  connection.lose((await open(1).catch((error) => error)) as never);
});

const rawOf = (socket: WebSocket) => (socket as unknown as { _socket: Socket })._socket;

it("is not confused by late answers, answers out of order, and what is told in between", async () => {
  const asked: number[] = [];
  const { port } = await peer((socket, { id, method }) => {
    asked.push(id);
    if (method !== players.name) return;
    for (const name of ["minecraft:notification/players/joined", "minecraft:notification/server/saved", "rpc.other"])
      say(socket, { jsonrpc: "2.0", method: name, params: [{ name: "Notch" }] });
    for (const late of asked.reverse()) say(socket, right(late, late === id ? [{ name: "Notch" }] : true));
  });
  const heard: string[] = [];
  const connection = await open(port, heard);
  expect(await reasonOf(connection.call(autosave, [], 30))).toBe("MANAGEMENT_UNREACHABLE timeout");
  expect(connection.isSilent).toBe(true);
  const second = connection.call(autosave, [], 1000);
  expect(await connection.call(players, [], 1000)).toEqual([{ name: "Notch" }]);
  expect(await second).toBe(true);
  expect(connection.isSilent).toBe(false);
  expect(heard).toEqual(["players/joined", "server/saved"]);
});

it("takes long answers, and hangs up on one that tells without an end", async () => {
  const long = "x".repeat(9_000);
  let isFlooding = false;
  const game = await peer((socket, { id }) => {
    say(socket, { ...right(id), long });
    const told = JSON.stringify({ jsonrpc: "2.0", method: "minecraft:notification/server/activity", params: [long] });
    for (let i = 0; isFlooding && i < 1000; i++) socket.send(told);
  });
  const connection = await open(game.port);
  for (let i = 0; i < 600; i++) await connection.call(status, [], 1000);
  isFlooding = true;
  await connection.call(status, [], 1000);
  expect((await connection.lost).details.reason).toBe("flood");
});

it("keeps one connection, opens it anew with growing delays, and closes it for good", async () => {
  let isCut = true;
  const game = await peer((socket, { id }, connection) => {
    if (isCut) rawOf(socket).destroy();
    else say(socket, right(id, connection > 0));
  });
  const client = createManagementClient({ host: "127.0.0.1", port: game.port, secret, delays: quick });
  const heard: string[] = [];
  client.listen(({ name }) => void heard.push(name));
  expect(await reasonOf(client.call(autosave))).toBe("MANAGEMENT_UNREACHABLE not_connected");
  await until(async () => client.isConnected, "it is connected");
  expect(await reasonOf(client.call(autosave))).toBe("MANAGEMENT_UNREACHABLE closed");
  isCut = false;
  await until(async () => client.isConnected && game.count() === 2, "it is connected again");
  expect(await client.call(autosave)).toBe(true);
  expect(heard).toEqual(["connected", "lost", "connected"]);
  // No compression is offered, and the secret goes where browsers cannot put it.
  expect(new Set(game.seen)).toEqual(new Set([`Bearer ${secret} -`]));
  expect(game.sockets.size).toBe(1);
  client.close();
  await until(async () => game.sockets.size === 0, "the connection is closed");
  expect(await reasonOf(client.call(autosave))).toBe("MANAGEMENT_UNREACHABLE not_connected");
});

it("waits longer and longer for nobody, and asks one that refuses its secret seldom", async () => {
  const times: number[] = [];
  const { port } = await plainPeer((socket) => {
    times.push(performance.now());
    socket.destroy();
  });
  const client = createManagementClient({
    host: "127.0.0.1",
    port,
    secret,
    delays: { first: 20, last: 160, refused: 1 },
  });
  await until(async () => times.length >= 6, "six tries");
  client.close();
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(gaps[0]).toBeLessThan(100);
  expect(gaps[3]).toBeGreaterThan(150);
  const tries: number[] = [];
  const refusing = await plainPeer((socket) => {
    tries.push(1);
    socket.once("data", () => socket.end(head("401 Unauthorized", "Content-Length: 0\r\n")));
  });
  const other = createManagementClient({
    host: "127.0.0.1",
    port: refusing.port,
    secret,
    delays: { ...quick, refused: 60_000 },
  });
  await until(async () => tries.length === 1 && refusing.sockets.size === 0, "one try");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(tries.length).toBe(1);
  other.close();
});

it("closed in the middle of its handshake leaves nothing behind", async () => {
  const { port, sockets } = await plainPeer(() => {});
  const client = createManagementClient({ host: "127.0.0.1", port, secret });
  await until(async () => sockets.size === 1, "it knocks");
  client.close();
  await until(async () => sockets.size === 0, "it has gone");
});
