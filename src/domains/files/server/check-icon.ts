import { open } from "node:fs/promises";
import { AppError } from "@/server/errors";
import { readRange } from "./read-bytes";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const side = 64;

/** The icon that the game sends to players is a PNG of 64 x 64 pixels; it takes nothing else. */
export async function checkIcon(path: string, file: string): Promise<void> {
  if (path !== "server-icon.png") return;
  const handle = await open(file, "r");
  try {
    const head = await readRange(handle, 0, 24);
    const isPng =
      head.length === 24 && head.subarray(0, 8).equals(signature) && head.toString("latin1", 12, 16) === "IHDR";
    if (isPng && head.readUInt32BE(16) === side && head.readUInt32BE(20) === side) return;
  } finally {
    await handle.close();
  }
  throw new AppError("FILE_TYPE_REFUSED", "The server's icon has to be a PNG of 64 x 64 pixels.", {
    path,
    reason: "icon",
  });
}
