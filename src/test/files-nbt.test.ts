import { writeFileSync } from "node:fs";
import { deflateSync, gzipSync } from "node:zlib";
import nbt from "prismarine-nbt";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { NbtTag } from "@/domains/files/nbt-contract";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { addServer, folderOf } from "./program-servers";

const slowly = { timeout: 60_000 };
let program: Program;
let admin: Client;
let serverId: string;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
  serverId = (await addServer(program, admin)).id;
}, 120_000);
afterAll(() => program?.end());

/** Its types are narrower than what it takes. */
const write = (tag: unknown) => nbt.writeUncompressed(tag as Parameters<typeof nbt.writeUncompressed>[0]);
const level = write(
  nbt.comp({
    Data: nbt.comp({
      LevelName: nbt.string("ワールド"),
      Time: nbt.long([0x7fffffff, 0xffffffff | 0]),
      Version: nbt.comp({ Id: nbt.int(3955), Snapshot: nbt.byte(0) }),
      DataPacks: nbt.list(nbt.string(["vanilla", "file/x.zip"])),
      Heights: nbt.intArray([1, 2, 3]),
    }),
  }),
);

async function read(bytes: Buffer) {
  writeFileSync(folderOf(program, serverId, "level.dat"), bytes);
  return admin.files.nbt.query({ serverId, path: "level.dat" });
}
const child = (tag: NbtTag | undefined, name: string) => tag?.children?.find((found) => found.name === name)?.tag;

it("shows the tags of a file as it is, under gzip and under zlib", slowly, async () => {
  for (const bytes of [level, gzipSync(level), deflateSync(level)]) {
    const { tag, isComplete } = await read(bytes);
    expect(isComplete).toBe(true);
    const data = child(tag, "Data");
    expect(child(data, "LevelName")).toEqual({ kind: "string", value: "ワールド" });
    expect(child(data, "Time")).toEqual({ kind: "long", value: "9223372036854775807" });
    expect(child(child(data, "Version"), "Id")).toEqual({ kind: "int", value: "3955" });
    expect(child(data, "DataPacks")?.children?.map(({ tag: item }) => item.value)).toEqual(["vanilla", "file/x.zip"]);
    expect(child(data, "Heights")).toMatchObject({ kind: "intArray" });
  }
});

it("tells a part of what is too much", slowly, async () => {
  const many = write(nbt.comp({ list: nbt.intArray(Array.from({ length: 5000 }, (_, index) => index)) }));
  const { tag, isComplete } = await read(gzipSync(many));
  expect([isComplete, child(tag, "list")?.count, child(tag, "list")?.children?.length]).toEqual([false, 5000, 1000]);
});

it("is not hurt by what is no NBT, too deep, a bomb, or lies about its lengths", slowly, async () => {
  const pid = program.pid;
  const deep = Buffer.concat([
    Buffer.from([10, 0, 0]),
    ...Array.from({ length: 100_000 }, () => Buffer.from([10, 0, 1, 97])),
    Buffer.alloc(100_001),
  ]);
  const lying = Buffer.from([10, 0, 0, 11, 0, 1, 97, 0x7f, 0xff, 0xff, 0xff]);
  const hostile = [
    Buffer.from("no tags at all"),
    Buffer.alloc(0),
    deep,
    lying,
    gzipSync(Buffer.alloc(200 * 1024 * 1024)),
    level.subarray(0, 40),
  ];
  for (const bytes of hostile) {
    const startedAt = performance.now();
    await expect(read(bytes)).rejects.toMatchObject({ data: { error: { code: "NOT_TEXT" } } });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    await admin.files.list.query({ serverId });
  }
  expect(program.pid).toBe(pid);
});
