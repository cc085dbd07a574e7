import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleProgram } from "@/test/bundle-program";
import { isLostServerCrash } from "./lost-server-guard";

// Inside the project, so that the program finds the driver where it is installed: the guard knows it by that place.
const builds = join(import.meta.dirname, "../../../.build/test");
mkdirSync(builds, { recursive: true });
const folder = mkdtempSync(join(builds, "guard-"));
let program: string;

/** The bare driver, inside a transaction whose server hangs up: its own `rollback` then goes to a socket that is null. */
beforeAll(async () => {
  program = await bundleProgram(
    `import { createServer } from "node:net";
     import postgres from "postgres";
     import { installLostServerGuard } from "@/server/db/lost-server-guard";
     import { createLogger } from "@/server/logger";
     const [, , mode] = process.argv;
     if (mode !== "bare") installLostServerGuard(createLogger({ level: "warn", pretty: false }));
     const ready = Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 0, 90, 0, 0, 0, 5, 73]);
     const begun = Buffer.concat([Buffer.from([67, 0, 0, 0, 10]), Buffer.from("BEGIN\\0"), Buffer.from([90, 0, 0, 0, 5, 84])]);
     const server = createServer((socket) => {
       let packets = 0;
       socket.on("error", () => {});
       socket.on("data", () => (packets++ === 0 ? socket.write(ready) : packets === 2 ? socket.write(begun) : socket.destroy()));
     }).listen(0, "127.0.0.1", async () => {
       const sql = postgres({ host: "127.0.0.1", port: server.address().port, user: "u", database: "d", max: 2, fetch_types: false });
       await sql.begin((tx) => tx.unsafe("select 1")).catch((error) => console.log("rejected", error.code));
       setTimeout(() => {
         if (mode === "other") null.write;
         console.log("survived");
         process.exit(0);
       }, 300);
     });`,
    join(folder, "program.mjs"),
    { external: ["postgres"] },
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (mode: string) => spawnSync(process.execPath, [program, mode], { encoding: "utf8", timeout: 20_000 });

it("is needed: without it the driver's exception ends the process", () => {
  const { status, stderr, stdout } = run("bare");
  expect(stdout).toContain("rejected");
  expect(stderr).toContain("Cannot read properties of null (reading 'write')");
  expect(status).not.toBe(0);
});

it("keeps the process alive through that exception", () => {
  const { status, stdout } = run("guarded");
  expect(stdout).toContain("wrote to a lost connection");
  expect(stdout).toContain("survived");
  expect(status).toBe(0);
});

it("lets any other exception end the process, a similar one too", () => {
  const { status, stdout } = run("other");
  expect(stdout).toContain("unexpected failure");
  expect(stdout).not.toContain("survived");
  expect(status).toBe(1);
  expect(isLostServerCrash(new TypeError("Cannot read properties of null (reading 'write')"))).toBe(false);
});
