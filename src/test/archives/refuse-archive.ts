import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Client } from "@/trpc/node-client";
import { describeTree } from "../files/watched-outside";
import { type Program, startProgram } from "../program";
import { addPerson } from "../program-people";
import { addServer, folderOf } from "../program-servers";
import type { HostileArchive } from "./hostile-archives";

export interface ArchiveTarget {
  program: Program;
  admin: Client;
  serverId: string;
  /** Sends an archive through every way in, and looks at all that must not change. */
  refuses(archive: HostileArchive & { file: string }): Promise<void>;
}

/** A program with a server whose folder `target` holds a few files. The caller ends the program. */
export async function openArchiveTarget(limits: Record<string, string> = {}): Promise<ArchiveTarget> {
  const env = { RATE_LIMIT_USER_PER_MINUTE: "1000000", RATE_LIMIT_PER_MINUTE: "1000000", ARCHIVE_MAX_FILES: "1000" };
  const program = await startProgram({ env: { ...env, ...limits } });
  const admin = await program.admin();
  const serverId = (await addServer(program, admin)).id;
  const at = (...names: string[]) => folderOf(program, serverId, ...names);
  mkdirSync(at("target", "deep"), { recursive: true });
  writeFileSync(at("target", "good.txt"), "of before");
  writeFileSync(at("target", "deep", "kept.txt"), "kept");
  const residentMb = () =>
    Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${program.pid}/status`, "utf8"))?.[1]) / 1024;
  const idleMb = residentMb();
  const refuses = async ({ file, make, rules }: HostileArchive & { file: string }) => {
    const bytes = await make();
    const { pid } = program;
    writeFileSync(at(file), bytes);
    const before = describeTree(at());
    const byExtract = await admin.files.extract
      .mutate({ serverId, path: file, to: "target", wait: true })
      .then(() => null, bodyOf);
    // A person of its own, because a person may send but a few archives a minute.
    const { token } = await addPerson(program.db, { role: "admin" });
    const put = await fetch(`${program.url}/api/servers/${serverId}/snapshots/import`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}` },
      body: new Uint8Array(bytes),
    });
    const { error: byImport } = (await put.json()) as { error?: unknown };
    for (const body of [byExtract, byImport]) {
      expect(body).toMatchObject({ code: "ARCHIVE_REFUSED" });
      expect(rules).toContain((body as { details: { rule: string } }).details.rule);
    }
    expect(describeTree(at())).toBe(before);
    expect(readdirSync(join(program.dataDir, "temp", "extractions"))).toEqual([]);
    expect(readdirSync(join(program.dataDir, "temp", "uploads"))).toEqual([]);
    expect(program.pid).toBe(pid);
    expect(residentMb() - idleMb).toBeLessThan(256);
    rmSync(at(file));
  };
  return { program, admin, serverId, refuses };
}

function bodyOf(error: unknown): unknown {
  return (error as { data?: { error?: unknown } }).data?.error;
}
