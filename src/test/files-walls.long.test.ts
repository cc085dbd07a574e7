import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { fileOperations } from "./files/file-operations";
import { runSwapRound } from "./files/swap-rounds";
import { type Program, startProgram } from "./program";
import { addServer } from "./program-servers";

let program: Program;
let admin: Client;
let serverId: string;

beforeAll(async () => {
  program = await startProgram({ env: { RATE_LIMIT_USER_PER_MINUTE: "1000000", RATE_LIMIT_PER_MINUTE: "1000000" } });
  admin = await program.admin();
  serverId = (await addServer(program, admin)).id;
}, 120_000);
afterAll(() => program?.end());

it.each(Object.entries(fileOperations))(
  "a minute of %s beside swappers touches nothing outside",
  { timeout: 90_000 },
  async (name, operation) => {
    const outcome = await runSwapRound({ program, client: admin, serverId }, { operation, ms: 60_000 });
    console.log(name, outcome);
    expect(outcome.swaps).toBeGreaterThan(10_000);
  },
);
