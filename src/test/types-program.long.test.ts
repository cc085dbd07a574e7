import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { findRemainders } from "./program-remainders";
import { findInside } from "./program-remains";
import { addServer } from "./program-servers";
import { beginHanging, makeOthers, offerForge, runOnce } from "./program-types";
import { until } from "./program-until";

let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
}, 60_000);
afterAll(() => program?.end());

it("runs a server of every type", async () => {
  const forge = await addServer(program, admin, await offerForge(program, { mode: "jar" }));
  expect(await runOnce(program, admin, forge.id)).toContain(`forge-${forge.version}-${forge.build}.jar`);
  for (const { id } of await makeOthers(program, admin)) await runOnce(program, admin, id);
}, 120_000);

it("ends an installer with mcsd when that is killed, and clears up at the next start", async () => {
  const job = await beginHanging(program, admin);
  await program.kill9();
  const isGone = async () => (await findInside(join(program.dataDir, "servers"))).length === 0;
  await until(isGone, "the installer ends");
  await program.start();
  expect(await (await program.admin()).jobs.get.query({ jobId: job.id })).toMatchObject({ status: "interrupted" });
  expect(await findRemainders(program)).toEqual([]);
}, 60_000);
