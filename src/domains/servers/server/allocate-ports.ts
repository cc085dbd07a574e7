import { createServer } from "node:net";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { listPorts, takePort } from "./repository";

/** RCON ports are looked for here, outside PORT_RANGE and below the kernel's ephemeral range. */
const rconRange: readonly [number, number] = [21_000, 24_999];
const rconTries = 200;

interface Request {
  holder: string;
  /** Null: the lowest free one of the range. */
  wanted: number | null;
  range: readonly [number, number];
}

/** Gives the holder its game port. A port of another server, or one that something listens on, is refused with its holder's name. */
export async function allocateGamePort(tx: Transaction, { holder, wanted, range }: Request): Promise<number> {
  const taken = new Map((await listPorts(tx)).map((entry) => [entry.port, entry]));
  if (wanted !== null) {
    const other = taken.get(wanted);
    if (other && other.holder !== holder) throw portTaken(wanted, other.name ?? "a server that is being created");
    if (!other && !(await isPortFree(wanted))) throw portTaken(wanted, null);
    if (!other && !(await takePort(tx, { port: wanted, holder, purpose: "game" })))
      throw portTaken(wanted, "a server that is being created");
    return wanted;
  }
  for (let port = range[0]; port <= range[1]; port++) {
    if (!taken.has(port) && (await isPortFree(port)) && (await takePort(tx, { port, holder, purpose: "game" })))
      return port;
  }
  throw new AppError(
    "NO_PORT_LEFT",
    `No port from ${range[0]} to ${range[1]} is free. Widen PORT_RANGE or delete a server.`,
    { range },
  );
}

export async function allocateRconPort(
  tx: Transaction,
  holder: string,
  range: readonly [number, number],
): Promise<number> {
  const taken = new Set((await listPorts(tx)).map((entry) => entry.port));
  for (let attempt = 0; attempt < rconTries; attempt++) {
    const port = rconRange[0] + Math.floor(Math.random() * (rconRange[1] - rconRange[0] + 1));
    const isOutside = port < range[0] || port > range[1];
    if (
      isOutside &&
      !taken.has(port) &&
      (await isPortFree(port)) &&
      (await takePort(tx, { port, holder, purpose: "rcon" }))
    )
      return port;
  }
  throw new AppError("NO_PORT_LEFT", "No port is free for remote control.", { range: rconRange });
}

/** The lowest port of the range that is neither given out nor listened on; null when there is none. */
export async function suggestPort(
  taken: ReadonlySet<number>,
  range: readonly [number, number],
): Promise<number | null> {
  for (let port = range[0]; port <= range[1]; port++) if (!taken.has(port) && (await isPortFree(port))) return port;
  return null;
}

function portTaken(port: number, holder: string | null): AppError {
  const by = holder ? `"${holder}"` : "another program on this machine";
  return new AppError("PORT_TAKEN", `Port ${port} is taken by ${by}. Choose another one.`, { port, holder });
}

/** Binds the port for an instant on every address, as the game would. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
