import { writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { embeddedHarness, query, waitFor } from "@/test/embedded-harness";
import { findPostmaster } from "./postmaster-file";
import { isProcessAlive } from "./process-state";

const isRoot = process.getuid?.() === 0;
const clusters = embeddedHarness();

describe("what an earlier mcsd, or a crash, left behind", () => {
  it("adopts the postmaster of a killed mcsd, with its connections untouched", async () => {
    const dataDir = clusters.copyDataDir();
    const pid = await clusters.leaveBehind(dataDir);
    const database = await clusters.start(dataDir);
    expect(database.adopted).toBe(true);
    expect(findPostmaster(join(dataDir, "postgres"))?.pid).toBe(pid);
    await database.stop();
    expect(isProcessAlive(pid)).toBe(false);
  });

  it("replaces a left-behind postmaster that runs with other settings", async () => {
    const dataDir = clusters.copyDataDir();
    const pid = await clusters.leaveBehind(dataDir);
    const database = await clusters.start(dataDir, { settings: { max_connections: "12" } });
    expect(database.adopted).toBe(false);
    expect(isProcessAlive(pid)).toBe(false);
    expect(await query(database.url, "show max_connections")).toEqual([{ max_connections: "12" }]);
  });

  it("waits for a dying postmaster", async () => {
    const dataDir = clusters.copyDataDir();
    const first = await clusters.start(dataDir);
    const client = postgres(first.url, { max: 1, fetch_types: false });
    await client`select 1`;
    const pid = await clusters.letGo(first, dataDir);
    process.kill(pid, "SIGTERM"); // Smart shutdown: it refuses new clients and waits for this one.
    await waitFor(() => findPostmaster(join(dataDir, "postgres"))?.status === "stopping");
    setTimeout(() => void client.end({ timeout: 0 }), 400);
    const second = await clusters.start(dataDir);
    expect(second.adopted).toBe(false);
    expect(isProcessAlive(pid)).toBe(false);
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("starts over the pid file of a dead postmaster, even when its pid belongs to another program now", async () => {
    const dataDir = clusters.copyDataDir();
    const stranger = clusters.spawn("sleep", ["60"], isRoot ? { uid: 199_999, gid: 199_999 } : {});
    for (const pid of [4_194_303, stranger.pid, process.pid]) {
      writeFileSync(
        join(dataDir, "postgres", "postmaster.pid"),
        `${pid}\n${join(dataDir, "postgres")}\n1\n29999\n\n127.0.0.1\n 1 1\nready   \n`,
      );
      const database = await clusters.start(dataDir);
      expect(database.adopted).toBe(false);
      await database.stop();
    }
    expect(isProcessAlive(stranger.pid ?? 0)).toBe(true);
  });

  it("comes back by itself on the same port when the postmaster is killed, with what was committed", async () => {
    const dataDir = clusters.copyDataDir();
    const database = await clusters.start(dataDir);
    await query(database.url, "insert into notes values ('committed')");
    const pid = findPostmaster(join(dataDir, "postgres"))?.pid ?? 0;
    process.kill(pid, "SIGKILL");
    await waitFor(async () => (await query(database.url, "select text from notes").catch(() => [])).length === 1);
    expect(findPostmaster(join(dataDir, "postgres"))?.pid).not.toBe(pid);
  });

  it("gets past backends that outlive a killed postmaster", async () => {
    const dataDir = clusters.copyDataDir();
    const database = await clusters.start(dataDir);
    const busy = query(database.url, "select count(*) from generate_series(1, 10000000000)").catch(
      (error: { code: string }) => error.code,
    );
    await waitFor(
      async () =>
        (
          await query(
            database.url,
            "select 1 from pg_stat_activity where query like '%generate_series(1, 1%' and pid <> pg_backend_pid()",
          )
        ).length > 0,
    );
    process.kill(findPostmaster(join(dataDir, "postgres"))?.pid ?? 0, "SIGKILL");
    await waitFor(async () => (await query(database.url, "select 1").catch(() => [])).length === 1);
    expect(await busy).toEqual(expect.any(String));
  });
});
