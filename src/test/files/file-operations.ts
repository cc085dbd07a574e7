import { randomUUID } from "node:crypto";
import type { Client } from "@/trpc/node-client";
import { byteOperations } from "./byte-operations";
import { jobOperations } from "./job-operations";

/** Who calls, and for which server. */
export interface FileCaller {
  client: Client;
  serverId: string;
  url: string;
  token: string;
}

/** One call with a path that somebody hostile has chosen; what it answers is looked through. */
export type FileOperation = (caller: FileCaller, path: string) => Promise<unknown>;

/** Every call by tRPC that is answered at once. */
const callOperations: Readonly<Record<string, FileOperation>> = {
  list: ({ client, serverId }, path) => client.files.list.query({ serverId, path }),
  stat: ({ client, serverId }, path) => client.files.stat.query({ serverId, path }),
  read: ({ client, serverId }, path) => client.files.read.query({ serverId, path }),
  readPart: ({ client, serverId }, path) => client.files.read.query({ serverId, path, start: 0, length: 100 }),
  measure: ({ client, serverId }, path) => client.files.measure.query({ serverId, path }),
  searchNames: ({ client, serverId }, path) => client.files.search.query({ serverId, path, text: "deep" }),
  searchContents: ({ client, serverId }, path) =>
    client.files.search.query({ serverId, path, text: "4f9a1c", where: "contents" }),
  history: ({ client, serverId }, path) => client.files.history.query({ serverId, path }),
  write: ({ client, serverId }, path) => client.files.write.mutate({ serverId, path, content: "written" }),
  createFolder: ({ client, serverId }, path) => client.files.createFolder.mutate({ serverId, path }),
  moveFrom: ({ client, serverId }, path) => client.files.move.mutate({ serverId, path, to: `moved-${randomUUID()}` }),
  moveTo: async ({ client, serverId }, path) => {
    const name = `move-${randomUUID()}.txt`;
    await client.files.write.mutate({ serverId, path: name, content: "to move" });
    return client.files.move.mutate({ serverId, path: name, to: path });
  },
  moveMany: ({ client, serverId }, path) => client.files.moveMany.mutate({ serverId, paths: [path], to: "many" }),
  copyFrom: ({ client, serverId }, path) => client.files.copy.mutate({ serverId, path, to: `copied-${randomUUID()}` }),
  copyTo: ({ client, serverId }, path) => client.files.copy.mutate({ serverId, path: "kept.txt", to: path }),
  delete: ({ client, serverId }, path) => client.files.delete.mutate({ serverId, path }),
  restoreTrash: async ({ client, serverId }, path) => {
    const name = `trash-${randomUUID()}.txt`;
    await client.files.write.mutate({ serverId, path: name, content: "to restore" });
    const { trashId } = await client.files.delete.mutate({ serverId, path: name });
    return client.files.restoreTrash.mutate({ serverId, trashId, to: path });
  },
  snapshotFile: ({ client, serverId }, path) =>
    client.snapshots.create.mutate({ serverId, resource: "file", path, wait: true }),
};

/** Every operation that takes a path. `kept.txt` and `kept.tar` have to be in the server's folder. */
export const fileOperations: Readonly<Record<string, FileOperation>> = {
  ...callOperations,
  ...byteOperations,
  ...jobOperations,
};
