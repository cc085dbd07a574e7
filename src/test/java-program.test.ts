import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { addActing, outcomeOf } from "./program-outcomes";
import { addServer, findJvms, untilState } from "./program-servers";

let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
}, 120_000);
afterAll(() => program?.end());

it("fetches the Java that a version needs, runs the server with it as the server's own user, and keeps it while it is used", async () => {
  const here = (await admin.servers.listJava.query()).map(({ major }) => major);
  const javaMajor = [16, 25, 21, 8].find((major) => !here.includes(major)) ?? 0;
  program.upstreams.addVersion({ id: "26.1.3", javaMajor });
  await admin.versions.refresh.mutate({ type: "vanilla" });
  const create = () => addServer(program, admin, { version: "26.1.3" });
  expect(await outcomeOf(create())).toBe("JAVA_NOT_FOUND");

  const { client: somebody } = await addActing(program, {});
  expect(await outcomeOf(somebody.servers.installJava.mutate({ javaMajor }))).toBe("PERMISSION_MISSING");
  await admin.servers.installJava.mutate({ javaMajor, wait: true });
  const [job] = (await admin.jobs.list.query({ limit: 1 })).items;
  expect(job).toMatchObject({ kind: "servers.installJava", subject: `Java ${javaMajor}`, status: "succeeded" });

  const server = await create();
  await admin.servers.start.mutate({ serverId: server.id, wait: true });
  const [pid] = await findJvms(program, server.id);
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
  if (process.getuid?.() === 0) expect(uid).toBeGreaterThanOrEqual(200_000);

  const own = (await admin.servers.listJava.query()).find(({ major }) => major === javaMajor);
  expect(own).toMatchObject({
    isOwn: true,
    servers: 1,
    path: join(program.dataDir, "java", String(javaMajor), "bin", "java"),
  });
  expect((await somebody.servers.listJava.query()).find(({ major }) => major === javaMajor)).toMatchObject({
    servers: null,
  });
  await expect(admin.servers.removeJava.mutate({ javaMajor })).rejects.toMatchObject({
    data: { error: { code: "JAVA_IN_USE", details: { servers: [server.name] } } },
  });
  expect(await outcomeOf(admin.servers.removeJava.mutate({ javaMajor: 17 }))).toBe("JAVA_NOT_INSTALLED");

  await admin.servers.stop.mutate({ serverId: server.id, wait: true });
  await untilState(admin, server.id, "stopped");

  // Gone by somebody else's hand: the start says which Java is missing, and does once that is there again.
  await rm(join(program.dataDir, "java", String(javaMajor)), { recursive: true });
  expect(await outcomeOf(admin.servers.start.mutate({ serverId: server.id }))).toBe("JAVA_NOT_FOUND");
  const { lastEnd } = await admin.servers.get.query({ serverId: server.id });
  expect(lastEnd).toMatchObject({ cause: "java_not_found", params: { required: javaMajor }, isCrash: false });
  await admin.servers.installJava.mutate({ javaMajor, wait: true });
  await admin.servers.start.mutate({ serverId: server.id, wait: true });
  await admin.servers.kill.mutate({ serverId: server.id });
  await admin.servers.delete.mutate({ serverId: server.id, confirm: server.name, wait: true });
  const left = await admin.servers.removeJava.mutate({ javaMajor });
  expect(left.map(({ major }) => major)).not.toContain(javaMajor);
  expect(await outcomeOf(create())).toBe("JAVA_NOT_FOUND");
  const { items } = await admin.system.audit.query({ limit: 10 });
  const actions = items.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(["servers.installJava", "servers.removeJava"]));
}, 120_000);
