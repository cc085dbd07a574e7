import { lchown, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { measureFolder } from "@/server/fs/measure-folder";
import type { Server } from "../../contract";
import type { cloneServerInputSchema } from "../../import-contract";
import { copyTree } from "../copy-tree";
import { establishServer } from "../establish-server";
import { reachServer } from "../policy";
import { managedValues } from "../prepare-launch";
import { editPropertiesBytes } from "../properties-file";
import { requireKind } from "../require-kind";
import { openServerFolder } from "../server-folder";

/**
 * Makes another server of a stopped one: its settings and files, with a name, ports and an RCON password of its own, and without its
 * snapshots, history and members. It is the caller's. Whoever clones reads every file, and so needs `files.download`.
 */
export async function cloneServer(
  ctx: Ctx,
  input: z.output<typeof cloneServerInputSchema>,
): Promise<{ jobId: string; done: Promise<Server> }> {
  const record = await reachServer(ctx, input.serverId, "files.download");
  await requireKind(ctx, record.launchKind);
  const { tracked, release } = ctx.supervisor.lock(record.id, "clone");
  try {
    ctx.supervisor.requireAction(tracked, "update");
    const source = ctx.dataDir.paths.serverFolder(record.id);
    const { bytes } = await measureFolder(source, { enough: Number.MAX_SAFE_INTEGER });
    const { description, type, version, build, launchKind, memoryMb, javaMajor, requiredJava, program } = record;
    const { jvmPreset, jvmArgs, cpuLimit, crashPolicy, tags, jar, eulaAcceptedAt } = record;
    const consent =
      eulaAcceptedAt && ctx.actor.kind !== "system" && record.eulaAcceptedBy === ctx.actor.userId
        ? { eulaAcceptedBy: record.eulaAcceptedBy, eulaAcceptedAt }
        : {};
    return await establishServer(ctx, {
      kind: "servers.clone",
      fields: {
        ...{ description, type, version, build, launchKind, memoryMb, javaMajor, requiredJava, program },
        ...{ jvmPreset, jvmArgs, cpuLimit, crashPolicy, tags, ...consent },
        name: input.name,
        subdomain: input.subdomain ?? null,
      },
      port: input.port ?? null,
      details: { from: record.name, fromId: record.id },
      fill: (job, { staging, uid, values, rconPassword }, establish) =>
        establish(bytes, async () => {
          const written = await copyTree({
            ...{ top: source, path: "", target: staging, uid, signal: job.signal },
            others: "skip",
            onProgress: (done) => job.progress(done, bytes, "bytes"),
          });
          const file = join(staging, "server.properties");
          const there = (await openServerFolder(staging, uid).readBytes("server.properties")) ?? Buffer.alloc(0);
          const { port, rconPort } = values;
          // The secret of the other one's management service goes; its own comes with the first start.
          const own = managedValues({ port, rconPort, type, launchKind }, { rconPassword, management: null });
          await writeFile(file, editPropertiesBytes(there, own), { mode: 0o600 });
          if (uid !== null) await lchown(file, uid, uid);
          // The copy keeps the time of the jar, and so its proof.
          return { written: [...written, file], columns: { program, jar } };
        }),
      release,
    });
  } catch (error) {
    release();
    throw error;
  }
}
