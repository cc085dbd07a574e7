import { createHash } from "node:crypto";
import { readOrCreateSecret } from "./secret-file";

/**
 * Tells this installation's things from those of others on one container engine: 32 hex digits, made once, kept in the data folder.
 * No secret; it is derived from a file of its own so that a change of the secret key does not orphan containers.
 */
export async function readInstallationId(path: string): Promise<string> {
  const seed = await readOrCreateSecret(path);
  return createHash("sha256").update(`installation ${seed}`).digest("hex").slice(0, 32);
}
