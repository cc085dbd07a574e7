import { createServer } from "node:net";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { listPorts, takePort } from "./repository";

/** Ports for remote control are looked for here, outside PORT_RANGE and below the kernel's ephemeral range. */
const controlRange: readonly [number, number] = [21_000, 24_999];
const controlTries = 200;

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

type ControlPort = (tx: Transaction, holder: string, range: readonly [number, number]) => Promise<number>;

/** Ports that only mcsd speaks to: anywhere but in the games' range. */
export const allocateRconPort: ControlPort = (tx, holder, range) => allocateControlPort(tx, { holder, range }, "rcon");
export const allocateManagementPort: ControlPort = (tx, holder, range) =>
  allocateControlPort(tx, { holder, range }, "management");

async function allocateControlPort(
  tx: Transaction,
  { holder, range }: { holder: string; range: readonly [number, number] },
  purpose: "rcon" | "management",
): Promise<number> {
  const taken = new Set((await listPorts(tx)).map((entry) => entry.port));
  for (let attempt = 0; attempt < controlTries; attempt++) {
    const port = controlRange[0] + Math.floor(Math.random() * (controlRange[1] - controlRange[0] + 1));
    const isOutside = port < range[0] || port > range[1];
    if (isOutside && !taken.has(port) && (await isPortFree(port)) && (await takePort(tx, { port, holder, purpose })))
      return port;
  }
  throw new AppError("NO_PORT_LEFT", "No port is free for remote control.", { range: controlRange });
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
