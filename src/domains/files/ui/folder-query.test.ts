import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { type FileEntry, maxListed } from "../contract";
import { type FolderData, firstPart, folderKey, knownEntry, partInput, patchFolders, toPart } from "./folder-query";
import { nameOf } from "./path-parts";

const entry = (path: string): FileEntry => ({
  name: nameOf(path),
  path,
  kind: "file",
  size: 1,
  modifiedAt: new Date(0),
  mode: 0o644,
});
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => entry(`d/f${String(at + from).padStart(4, "0")}`));

function known(...parts: [after: string | null, entries: FileEntry[]][]) {
  const client = new QueryClient();
  const data: FolderData = {
    pageParams: parts.map(([after]) => after),
    pages: parts.map(([after, entries]) => toPart(entries, after)),
  };
  client.setQueryData(folderKey("s", "d"), data);
  const parted = () => client.getQueryData<FolderData>(folderKey("s", "d"))?.pages ?? [];
  return { client, parted, names: () => parted().map(({ entries }) => entries.map(({ name }) => name)) };
}

it("goes on behind a part that is full, as it was read, and ends behind one that is not", () => {
  expect(toPart(many(firstPart), null).next).toBe("f0299");
  expect(toPart(many(firstPart - 1), null).next).toBeNull();
  expect(toPart(many(firstPart), "a").next).toBeNull();
  expect(partInput("s", "d", "f0299")).toMatchObject({ after: "f0299", limit: maxListed });
});

it("reads nothing twice and leaves nothing out after a change", () => {
  const short = known([null, many(firstPart - 1)]);
  patchFolders(short.client, "s", { removed: [], added: [entry("d/a")] });
  expect(short.parted().map(({ entries, next }) => [entries.length, next])).toEqual([[firstPart, null]]);

  const full = known([null, many(firstPart)]);
  patchFolders(full.client, "s", { removed: ["d/f0299"], added: [] });
  expect(full.parted().map(({ entries, next }) => [entries.length, next])).toEqual([[firstPart - 1, "f0299"]]);
});

it("puts what comes among the names of its part, and takes what it replaces out of all", () => {
  const { client, names } = known([null, many(firstPart)], ["f0299", many(3, 300)]);
  patchFolders(client, "s", { removed: ["d/f0001"], added: [entry("d/f0000"), entry("d/z")] });
  expect(names().map((part) => part.length)).toEqual([firstPart - 1, 4]);
  expect(names().map((part) => part.at(-1))).toEqual(["f0000", "z"]);
  expect(new Set(names().flat()).size).toBe(names().flat().length);
});

it("leaves to the next part what lies behind all that were read", () => {
  const { client, names } = known([null, many(firstPart)]);
  patchFolders(client, "s", { removed: [], added: [entry("d/z"), entry("d/b")] });
  expect(names().flat()).toHaveLength(firstPart + 1);
  expect(names().flat()).not.toContain("z");
});

it("knows an entry by the list of its folder", () => {
  const { client } = known([null, many(firstPart)], ["f0299", many(3, 300)]);
  expect(knownEntry(client, "s", "d/f0301")?.name).toBe("f0301");
  expect([knownEntry(client, "s", "d/x"), knownEntry(client, "s", "e/f0301")]).toEqual([undefined, undefined]);
});
