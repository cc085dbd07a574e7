import { type Program, startProgram } from "../program";
import { addPerson } from "../program-people";
import { addServer } from "../program-servers";
import type { FileCaller } from "./file-operations";

export interface Walls {
  program: Program;
  caller: FileCaller;
}

/** A program with a server, and an administrator who may call thousands of times and send files of any name. The caller ends the program. */
export async function openWalls(): Promise<Walls> {
  const program = await startProgram({
    env: { RATE_LIMIT_USER_PER_MINUTE: "1000000", RATE_LIMIT_PER_MINUTE: "1000000" },
  });
  const client = await program.admin();
  await client.system.updateSettings.mutate({ uploadTypes: ["*"] });
  const { token } = await addPerson(program.db, { role: "admin" });
  return { program, caller: { client, serverId: (await addServer(program, client)).id, url: program.url, token } };
}
