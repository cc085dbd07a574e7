import { randomUUID } from "node:crypto";
import { send } from "./byte-operations";
import type { FileOperation } from "./file-operations";

/** The jobs with archives; what they have made is looked through as well. */
export const jobOperations: Readonly<Record<string, FileOperation>> = {
  extractFrom: async (caller, path) => {
    const { client, serverId } = caller;
    const to = `extracted-${randomUUID()}`;
    const entries = await client.files.extract.mutate({ serverId, path, to, wait: true });
    await client.files.delete.mutate({ serverId, path: to });
    return entries;
  },
  extractTo: ({ client, serverId }, path) =>
    client.files.extract.mutate({ serverId, path: "kept.tar", to: path, wait: true }),
  compressFrom: async (caller, path) => {
    const { client, serverId } = caller;
    const to = `packed-${randomUUID()}.zip`;
    const made = await client.files.compress.mutate({ serverId, paths: [path], to, wait: true });
    const held = await send(caller, "GET", `/api/servers/${serverId}/files?path=${to}`);
    await client.files.delete.mutate({ serverId, path: to });
    return { made, held };
  },
  compressTo: ({ client, serverId }, path) =>
    client.files.compress.mutate({ serverId, paths: ["kept.txt"], to: `${path}-${randomUUID()}.tar`, wait: true }),
};
