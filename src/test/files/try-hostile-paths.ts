import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { folderOf } from "../program-servers";
import type { FileOperation } from "./file-operations";
import { hostilePaths } from "./hostile-paths";
import type { Walls } from "./open-walls";
import { plantKept } from "./swap-rounds";
import { canary, describeTree, plantOutside } from "./watched-outside";

/** Plants what must be neither read nor changed: beside the data folder, beside the server's, and links to it inside. */
export function plantNeighbours({ program, caller: { serverId } }: Walls): string[] {
  const outside = join(program.dataDir, "..", `outside-of-${serverId}`);
  const sibling = join(program.dataDir, "servers", `${serverId}_x`);
  const secret = join(program.dataDir, "servers", "secret");
  for (const folder of [outside, sibling]) plantOutside(folder);
  writeFileSync(secret, canary);
  plantKept(folderOf(program, serverId));
  mkdirSync(folderOf(program, serverId, "plugins"), { recursive: true });
  symlinkSync(outside, folderOf(program, serverId, "out"));
  symlinkSync(join(outside, "secret"), folderOf(program, serverId, "out.txt"));
  return [outside, sibling, secret];
}

/** Calls with one hostile path of `every` after the other. Fails when anything of the neighbours was told or changed, or a call took two seconds. */
export async function tryHostilePaths(
  { caller }: Walls,
  { operation, neighbours, every }: { operation: FileOperation; neighbours: readonly string[]; every: number },
): Promise<void> {
  const before = neighbours.map(describeTree).join("\n");
  for (const [index, template] of hostilePaths.entries()) {
    if (index % every !== 0) continue;
    const path = concrete(template, caller.serverId);
    const startedAt = performance.now();
    const answer = await operation(caller, path).catch((error: unknown) => error);
    expect(performance.now() - startedAt, path).toBeLessThan(2000);
    expect(codeOf(answer), JSON.stringify(path)).not.toBe("INTERNAL");
    expect(`${JSON.stringify(answer)}${String(answer)}`).not.toContain(canary);
  }
  expect(neighbours.map(describeTree).join("\n")).toBe(before);
}

function concrete(path: string, serverId: string): string {
  return path
    .replaceAll("{link}", "out")
    .replaceAll("{filelink}", "out.txt")
    .replaceAll("{sibling}", `${serverId}_x`)
    .replaceAll("{id}", serverId);
}

export function codeOf(answer: unknown): unknown {
  if (!(answer instanceof Error)) return "ok";
  return (answer as { data?: { error?: { code?: string } } }).data?.error?.code ?? answer.message;
}
