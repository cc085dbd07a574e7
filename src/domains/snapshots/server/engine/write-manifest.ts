import { createHash } from "node:crypto";
import { chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { AppError } from "@/server/errors";
import { errorCode } from "@/server/fs/error-code";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import { syncFolder } from "@/server/fs/sync-folder";
import type { EngineContext } from "./engine-context";
import type { Manifest } from "./manifest";
import { encodeEntry, encodeMode, encodeTime } from "./manifest-lines";

const chunkLines = 2000;

/**
 * Puts a manifest in place; its rename is the moment from which the snapshot exists. When it resolves, that survives a
 * power cut. Its contents must be published before. Resolves with the checksum and the manifest's length.
 */
export async function writeManifest(
  { places, onStep }: EngineContext,
  manifest: Omit<Manifest, "checksum">,
): Promise<{ checksum: string; bytes: number }> {
  const folder = places.snapshot(manifest.info.id);
  const path = places.manifest(manifest.info.id);
  const temporary = `${path}.tmp`;
  await mkdir(folder, { mode: 0o700 }).catch((error) => {
    if (errorCode(error) !== "EEXIST") throw explainDiskError(error);
    throw new AppError("SNAPSHOT_EXISTS", "There is a snapshot with this id already.", {
      snapshotId: manifest.info.id,
    });
  });
  try {
    const file = await open(temporary, "wx", 0o600);
    const hash = createHash("sha256");
    let bytes = 0;
    let checksum = "";
    try {
      const write = async (text: string) => {
        const chunk = Buffer.from(text);
        hash.update(chunk);
        bytes += chunk.length;
        await file.writeFile(chunk);
      };
      await write(`${encodeHead(manifest)}\n`);
      for (let at = 0; at < manifest.entries.length; at += chunkLines) {
        const lines = manifest.entries.slice(at, at + chunkLines).map(encodeEntry);
        await write(`${lines.join(",\n")}${at + chunkLines < manifest.entries.length ? "," : ""}\n`);
      }
      await write("],\n");
      checksum = hash.copy().digest("hex");
      await write(`"sha256":"${checksum}"}\n`);
      onStep("flush manifest");
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(temporary, 0o400);
    onStep("rename manifest");
    await rename(temporary, path);
    onStep("flush folder of snapshot");
    await syncFolder(folder);
    onStep("flush folder of snapshots");
    await syncFolder(places.root);
    return { checksum, bytes };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw explainDiskError(error);
  }
}

function encodeHead({ info, totals, root }: Omit<Manifest, "checksum">): string {
  const head = {
    format: "mcsd-snapshot",
    formatVersion: 1,
    ...info,
    totals,
    root: { mode: encodeMode(root.mode), mtime: encodeTime(root.mtimeNs) },
  };
  return `${JSON.stringify(head).slice(0, -1)},"entries":[`;
}
