import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { rawTar } from "../archives/raw-tar";
import type { Program } from "../program";
import { folderOf } from "../program-servers";
import type { FileCaller, FileOperation } from "./file-operations";
import { swapWithLink } from "./swap-with-link";
import { canary, describeTree, plantOutside } from "./watched-outside";

export interface SwapOutcome {
  calls: number;
  swaps: number;
  /** Calls that got through, each inside the server's folder. */
  succeeded: number;
  slowestMs: number;
}

/** A busy machine gets to them late. */
const leastSwaps = 60;

/**
 * Runs one operation over and over while a folder on its way and the file at its end are exchanged for links that lead outside. Fails when
 * anything outside was read or changed, a call took two seconds, or it was answered as a fault of ours.
 */
export async function runSwapRound(
  { program, caller }: { program: Program; caller: FileCaller },
  { operation, ms }: { operation: FileOperation; ms: number },
): Promise<SwapOutcome> {
  const outside = join(program.dataDir, "..", `outside-${process.pid}-${Date.now()}`);
  plantOutside(outside);
  const before = describeTree(outside);
  const root = folderOf(program, caller.serverId);
  const folder = join(root, "swapped");
  const links = { swapped: outside, "swapfile.txt": join(outside, "victim.txt") };
  const fresh = join(program.dataDir, "..", `fresh-${process.pid}`);
  // Brings back what an operation has taken away, never through a link: whole, by a name of its own.
  const renew = () => {
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(join(fresh, "tree", "sub"), { recursive: true });
    for (const name of ["tree/victim.txt", "tree/sub/deep.txt", "file"]) writeFileSync(join(fresh, name), "inside\n");
    writeFileSync(join(fresh, "tree", "victim.tar"), rawTar([{ name: "inside.txt", content: "inside" }]));
    quietly(() => renameSync(join(fresh, "tree"), folder));
    quietly(() => linkSync(join(fresh, "file"), join(root, "swapfile.txt")));
    for (const [name, target] of Object.entries(links)) quietly(() => symlinkSync(target, join(root, `${name}.link`)));
  };
  plantKept(root);
  renew();
  const swappers = Object.keys(links).map((name) => swapWithLink(root, name));
  const swaps = () => swappers.reduce((sum, { turns }) => sum + turns(), 0);
  const outcome: SwapOutcome = { calls: 0, swaps: 0, succeeded: 0, slowestMs: 0 };
  const made = `swapped/new-${Date.now()}.txt`;
  const paths = ["swapped/victim.txt", "swapfile.txt", "swapped", "swapped/sub", made, "swapped/victim.tar"];
  const end = performance.now() + ms;
  while (performance.now() < end || outcome.calls < paths.length || swaps() < leastSwaps) {
    const path = paths[outcome.calls % paths.length] ?? "";
    const startedAt = performance.now();
    const answer = await operation(caller, path).catch((error: unknown) => error);
    outcome.slowestMs = Math.max(outcome.slowestMs, performance.now() - startedAt);
    outcome.calls++;
    if (!(answer instanceof Error)) outcome.succeeded++;
    const text =
      answer instanceof Error ? `${answer.message} ${JSON.stringify(answer)}` : (JSON.stringify(answer) ?? "");
    expect(text).not.toContain(canary);
    expect(text, `${path}\n${program.logs().slice(-2000)}`).not.toContain("Something went wrong on our side");
    if (outcome.calls % paths.length === 0) renew();
  }
  for (const { stop } of swappers) await stop();
  outcome.swaps = swaps();
  expect(describeTree(outside)).toBe(before);
  expect(outcome.slowestMs).toBeLessThan(2000);
  for (const name of Object.keys(links))
    for (const suffix of ["", ".link", ".aside"])
      rmSync(join(root, `${name}${suffix}`), { recursive: true, force: true });
  for (const path of [outside, fresh]) rmSync(path, { recursive: true });
  return outcome;
}

/** What operations with two paths take for the other one: unpacked, it would replace the files outside. */
export function plantKept(root: string): void {
  writeFileSync(join(root, "kept.txt"), "kept\n");
  const names = ["secret", "victim.txt", "sub/deep.txt", "new/deep.txt"];
  writeFileSync(join(root, "kept.tar"), rawTar(names.map((name) => ({ name, content: "kept" }))));
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Something has the name already.
  }
}
