import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { loadZip } from "./extract-zip";
import { writeArchive } from "./write-archive";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

it("keeps no more of an archive than its headers, however much is read ahead", async () => {
  const base = mkdtempSync(join(tmpdir(), "mcsd-zip-"));
  const folder = join(base, "files");
  mkdirSync(folder);
  const files = 800;
  for (let index = 0; index < files; index++) writeFileSync(join(folder, `${index}`), randomBytes(40_000));
  const { stream } = await writeArchive({ root: folder, paths: [""], format: "zip" });
  const archive = join(base, "a.zip");
  await pipeline(stream, createWriteStream(archive));
  const file = await open(archive);
  const extract = await loadZip();
  let [ended, bytes, kept] = [0, 0, 0];
  const { arrayBuffers: before } = process.memoryUsage();
  const tree = {
    folder: () => {},
    file: () => ({
      write: (content: Uint8Array) => {
        bytes += content.length;
      },
      end: () => {
        if (++ended < files) return;
        collect();
        kept = process.memoryUsage().arrayBuffers - before;
      },
    }),
    finish: () => {},
  };
  await extract(file.fd, tree, { maxBytes: 1e9, maxFiles: 1e4, maxFileBytes: 1e9, maxRatio: 100 });
  await file.close();
  rmSync(base, { recursive: true });
  expect([ended, bytes]).toEqual([files, files * 40_000]);
  expect(kept).toBeLessThan(4_000_000);
});
