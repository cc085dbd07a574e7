import { createServer, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createRconClient } from "./rcon-client";
import { createFrameDecoder, encodeFrame, type RconFrame } from "./rcon-frames";
import type { RconPort } from "./rcon-port";

const ends: Array<() => Promise<void> | void> = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A peer that says yes to every password and then does what `onCommand` does; one fresh decoder per connection. */
async function peer(
  onCommand: (socket: Socket, frame: RconFrame, connection: number) => void,
  onAuth = (socket: Socket, frame: RconFrame) => void socket.write(encodeFrame({ id: frame.id, type: 2, text: "" })),
): Promise<{ rcon: RconPort; open: Set<Socket> }> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    const number = ++connections;
    const decoder = createFrameDecoder();
    open.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    socket.on("data", (chunk) => {
      for (const frame of decoder.push(chunk))
        frame.type === 3 ? onAuth(socket, frame) : onCommand(socket, frame, number);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const rcon = createRconClient({ host: "127.0.0.1", port, password: "p", connectTimeoutMs: 200 });
  ends.push(() => {
    rcon.close();
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return { rcon, open };
}

function answer(frame: RconFrame, text: string, id = frame.id): Buffer {
  return encodeReply(id, text);
}

/** A reply may be longer than a request, so the encoder for requests does not do. */
function encodeReply(id: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(12);
  head.writeInt32LE(payload.length + 10, 0);
  head.writeInt32LE(id, 4);
  return Buffer.concat([head, payload, Buffer.alloc(2)]);
}

it.each([-1, 5, 2 ** 31 - 1])("survives the length field %i and reconnects for the next command", async (length) => {
  const { rcon } = await peer((socket, frame, connection) => {
    const bad = Buffer.alloc(40);
    bad.writeInt32LE(length);
    socket.write(connection === 1 ? bad : answer(frame, "fine"));
  });
  await expect(rcon.command("list")).rejects.toMatchObject({ code: "RCON_UNREACHABLE" });
  expect(await rcon.command("list")).toBe("fine");
});

it("survives a reset in the middle of a reply; those who wait are served by a new connection", async () => {
  const { rcon } = await peer((socket, frame, connection) => {
    if (connection > 1) return void socket.write(answer(frame, "whole"));
    socket.write(encodeReply(frame.id, "x".repeat(4096)).subarray(0, 2000), () => socket.resetAndDestroy());
  });
  const [cut, ...rest] = await Promise.allSettled([rcon.command("a"), rcon.command("b"), rcon.command("c")]);
  expect(cut).toMatchObject({ reason: { code: "RCON_UNREACHABLE" } });
  expect(rest).toMatchObject([{ value: "whole" }, { value: "whole" }]);
});

it("gives up on a peer that never answers, and leaves no connection behind", async () => {
  const { rcon, open } = await peer(() => undefined);
  await expect(rcon.command("list", { timeoutMs: 50 })).rejects.toMatchObject({ code: "RCON_TIMEOUT" });
  await expect.poll(() => open.size).toBe(0);
});

it("gives up on a peer that never answers the sign-in", async () => {
  const { rcon, open } = await peer(
    () => undefined,
    () => undefined,
  );
  const both = await Promise.allSettled([rcon.command("list"), rcon.command("list")]);
  expect(both).toMatchObject([{ reason: { code: "RCON_UNREACHABLE" } }, { reason: { code: "RCON_UNREACHABLE" } }]);
  await expect.poll(() => open.size).toBe(0);
});

it("does not take a peer for signed in that echoes the id with another type", async () => {
  const { rcon } = await peer(
    () => undefined,
    (socket, frame) => void socket.write(encodeFrame({ id: frame.id, type: 0, text: "" })),
  );
  await expect(rcon.command("list")).rejects.toMatchObject({ code: "RCON_UNREACHABLE" });
});

it("accepts an empty reply before the sign-in's answer", async () => {
  const { rcon } = await peer(
    (socket, frame) => void socket.write(answer(frame, "fine")),
    (socket, frame) => {
      socket.write(encodeFrame({ id: frame.id, type: 0, text: "" }));
      socket.write(encodeFrame({ id: frame.id, type: 2, text: "" }));
    },
  );
  expect(await rcon.command("list")).toBe("fine");
});

it("ignores packets of other ids", async () => {
  const { rcon } = await peer((socket, frame) => {
    socket.write(Buffer.concat([answer(frame, "forged", frame.id + 7), answer(frame, "own")]));
  });
  expect(await rcon.command("list")).toBe("own");
});

it("learns in the middle that it is no longer signed in", async () => {
  const { rcon } = await peer((socket) => void socket.write(encodeFrame({ id: -1, type: 2, text: "" })));
  await expect(rcon.command("list")).rejects.toMatchObject({ code: "RCON_AUTH_FAILED" });
});

it("asks for the end mark only after a full first part, alone in its packet, as an empty command", async () => {
  const seen: string[] = [];
  const { rcon } = await peer((socket, frame) => {
    seen.push(`${frame.type}:${frame.payload}`);
    if (frame.payload.length > 0)
      socket.write(answer(frame, frame.payload.toString() === "long" ? "§".repeat(4096) : "§".repeat(4095)));
    else socket.write(answer(frame, "Unknown command"));
  });
  expect(await rcon.command("long")).toBe("§".repeat(4096));
  expect(await rcon.command("short")).toBe("§".repeat(4095));
  expect(seen).toEqual(["2:long", "2:", "2:short"]);
});

it("settles for a reply that ended in a short part when the end mark is never answered", async () => {
  const { rcon } = await peer((socket, frame) => {
    if (frame.payload.length === 0) return;
    socket.write(answer(frame, "a".repeat(4096)));
    socket.write(answer(frame, "tail"));
  });
  expect(await rcon.command("long", { timeoutMs: 100 })).toBe(`${"a".repeat(4096)}tail`);
});

it("does not pass off half a reply as whole", async () => {
  const { rcon } = await peer((socket, frame) => {
    if (frame.payload.length > 0) socket.write(answer(frame, "a".repeat(4096)));
  });
  await expect(rcon.command("long", { timeoutMs: 100 })).rejects.toMatchObject({ code: "RCON_TIMEOUT" });
});

it("stops listening to a reply without end", async () => {
  const { rcon } = await peer((socket, frame) => {
    if (frame.payload.length === 0) return;
    const flood = () => void socket.write(answer(frame, "a".repeat(500_000)), () => socket.writable && flood());
    flood();
  });
  await expect(rcon.command("list")).rejects.toMatchObject({
    code: "RCON_UNREACHABLE",
    details: { reason: "reply_too_long" },
  });
});

it("takes a stop whose reply was lost to the close for done, and nothing else", async () => {
  const { rcon } = await peer((socket) => void socket.destroy());
  expect(await rcon.command("stop")).toBe("");
  await expect(rcon.command("list")).rejects.toMatchObject({ code: "RCON_UNREACHABLE" });
});
