import { expect, it } from "vitest";
import { z } from "zod";
import { serversFileSchema } from "./apply-contract";

const lobby = { name: "Lobby", type: "vanilla", version: "1.21.11", memoryMb: 1024 } as const;
const faultsOf = (file: unknown) => serversFileSchema.safeParse(file).error?.issues.map(({ message }) => message);

it("is published as a JSON schema for editors; written anew with -u", async () => {
  const schema = z.toJSONSchema(serversFileSchema, { io: "input" });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../../../docs/servers.schema.json");
});

it("takes what a server is made of, and nothing that it does not know", () => {
  expect(serversFileSchema.safeParse({ servers: [{ ...lobby, state: "running", acceptEula: true }] }).success).toBe(
    true,
  );
  expect(faultsOf({ servers: [{ ...lobby, memory: 1 }] })).toEqual(['Unrecognized key: "memory"']);
  expect(faultsOf({ servers: [{ ...lobby, type: "custom" }] })).toHaveLength(1);
  expect(faultsOf({ servers: [lobby, lobby] })).toEqual(["two servers have the same name"]);
});
