import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, link, lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chownServerFolder } from "./prepare-folder";

const uid = 231_700;

describe.runIf(process.getuid?.() === 0)("giving a server its folder", () => {
  let root: string;
  let folder: string;
  let outside: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "prepare-folder-"));
    folder = join(root, "server");
    outside = join(root, "outside");
    await mkdir(join(folder, "world/region"), { recursive: true });
    await mkdir(outside);
    await writeFile(join(outside, "secret"), "");
  });
  // The one who swaps may still be at it for a moment.
  afterEach(() => rm(root, { recursive: true, maxRetries: 5, retryDelay: 50 }));

  const ownerOf = async (path: string) => (await lstat(path)).uid;

  it("changes what is not the server's yet, and costs little when nothing is to do", async () => {
    await writeFile(join(folder, "world/region/r.0.0.mca"), "");
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]), "a name that is no UTF-8");
    expect(await chownServerFolder(folder, uid)).toEqual({ changed: 5, skipped: 0 });
    for (const path of ["", "world", "world/region", "world/region/r.0.0.mca"]) {
      expect(await lstat(join(folder, path))).toMatchObject({ uid, gid: uid });
    }
    expect((await lstat(folder)).mode & 0o777).toBe(0o700);
    expect(await chownServerFolder(folder, uid)).toEqual({ changed: 0, skipped: 0 });
  });

  it("never follows a link out of the folder", async () => {
    await symlink(outside, join(folder, "folder-link"));
    await symlink(join(outside, "secret"), join(folder, "file-link"));
    await chownServerFolder(folder, uid);
    expect(await ownerOf(outside)).toBe(0);
    expect(await ownerOf(join(outside, "secret"))).toBe(0);
    expect(await ownerOf(join(folder, "file-link"))).toBe(uid);
    await symlink(folder, join(root, "link-to-server"));
    await expect(chownServerFolder(join(root, "link-to-server"), uid)).rejects.toMatchObject({ code: "START_FAILED" });
  });

  it("leaves a hard link to somebody else's file alone", async () => {
    await link(join(outside, "secret"), join(folder, "mine"));
    expect(await chownServerFolder(folder, uid)).toMatchObject({ skipped: 1 });
    expect(await ownerOf(join(outside, "secret"))).toBe(0);
  });

  it("is not led outside by a folder that turns into a link and back while it looks", async () => {
    await chownServerFolder(folder, uid);
    const swapper = spawn(
      "/bin/sh",
      ["-c", 'cd "$1"; while :; do mkdir d; : >d/secret; rm -rf d; ln -s "$2" d; rm d; done', "x", folder, outside],
      { stdio: "ignore" },
    );
    try {
      for (let round = 0; round < 150; round++) await chownServerFolder(folder, uid);
    } finally {
      swapper.kill("SIGKILL");
      await once(swapper, "exit");
    }
    expect(await ownerOf(outside)).toBe(0);
    expect(await ownerOf(join(outside, "secret"))).toBe(0);
  });

  it("finds one file among a thousand quickly, and leaves no file open", async () => {
    const names = Array.from({ length: 1000 }, (_, index) => join(folder, "world/region", `${index}`));
    await Promise.all(names.map((name) => writeFile(name, "")));
    await chownServerFolder(folder, uid);
    await chown(join(folder, "world/region/77"), 0, 0);
    const openBefore = (await readdir("/proc/self/fd")).length;
    const since = performance.now();
    expect(await chownServerFolder(folder, uid)).toEqual({ changed: 1, skipped: 0 });
    expect(performance.now() - since).toBeLessThan(1000);
    expect((await readdir("/proc/self/fd")).length).toBe(openBefore);
  });
});
