import { open } from "node:fs/promises";
import { AppError } from "@/server/errors";
import { readRange } from "./read-bytes";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const side = 64;
const headLength = 24;

/** Whether bytes begin as a PNG of 64 x 64 pixels does: with the signature, then IHDR (PNG specification, 5.2 and 11.2.1). */
export function isServerIcon(bytes: Buffer): boolean {
  return (
    bytes.length >= headLength &&
    bytes.subarray(0, 8).equals(signature) &&
    bytes.toString("latin1", 12, 16) === "IHDR" &&
    bytes.readUInt32BE(16) === side &&
    bytes.readUInt32BE(20) === side
  );
}

/** The icon that the game sends to players is a PNG of 64 x 64 pixels; it takes nothing else. */
export async function checkIcon(path: string, file: string): Promise<void> {
  if (path !== "server-icon.png") return;
  const handle = await open(file, "r");
  try {
    if (isServerIcon(await readRange(handle, 0, headLength))) return;
  } finally {
    await handle.close();
  }
  throw new AppError("FILE_TYPE_REFUSED", "The server's icon has to be a PNG of 64 x 64 pixels.", {
    path,
    reason: "icon",
  });
}
