import { randomBytes } from "node:crypto";
import { chmod, link, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { BootError } from "@/server/boot-error";
import { errorCode } from "./error-code";
import { syncFolder } from "./sync-folder";

/**
 * Reads a secret from `path`; makes one of 32 random bytes (base64url, 43 characters) when the file is missing. The file
 * is readable by its owner alone. Of several processes that make it at once, all get the same secret.
 */
export async function readOrCreateSecret(path: string): Promise<string> {
  return (await readSecret(path)) ?? (await createSecret(path));
}

async function readSecret(path: string): Promise<string | null> {
  try {
    const secret = (await readFile(path, "utf8")).trim();
    if (secret.length < 32)
      throw new BootError(`The secret in ${path} is damaged (shorter than 32 characters): restore it from a backup`);
    await chmod(path, 0o600);
    return secret;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    if (errorCode(error) === "EACCES")
      throw new BootError(`Cannot read ${path}: give it to the user that runs mcsd (chown)`, { cause: error });
    throw error;
  }
}

/** `link` puts the finished file in place and fails when another process was first: no reader ever sees half a secret. */
async function createSecret(path: string): Promise<string> {
  const temporary = `${path}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
  const secret = randomBytes(32).toString("base64url");
  try {
    const file = await open(temporary, "wx", 0o600);
    await file.writeFile(`${secret}\n`);
    await file.sync();
    await file.close();
    await link(temporary, path);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    const winner = await readSecret(path);
    if (winner === null) throw error;
    return winner;
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
  return secret;
}
