import { expect, it } from "vitest";
import type { FileEntry } from "../../contract";
import type { FileRights } from "../use-file-rights";
import { actionsFor } from "./file-actions";

const entry = (name: string, kind: FileEntry["kind"] = "file"): FileEntry => ({
  name,
  path: name,
  kind,
  size: 0,
  modifiedAt: new Date(0),
  mode: 0o644,
});
const none: FileRights = { view: true, edit: false, upload: false, download: false, delete: false };
const all: FileRights = { view: true, edit: true, upload: true, download: true, delete: true };

it("offers what each permission allows, and no more", () => {
  const file = [entry("a.txt")];
  expect(actionsFor(file, none)).toEqual(["open", "copyPath"]);
  expect(actionsFor(file, { ...none, download: true })).toContain("download");
  expect(actionsFor(file, { ...none, delete: true })).toEqual(["open", "copyPath", "delete"]);
  expect(actionsFor(file, { ...none, edit: true })).toEqual(
    expect.arrayContaining(["rename", "cut", "copy", "moveTo", "copyTo", "compress"]),
  );
});

it("never opens, reads or copies links and special files", () => {
  for (const kind of ["link", "special"] as const)
    expect(actionsFor([entry("x", kind)], all)).toEqual(["rename", "cut", "moveTo", "copyPath", "delete"]);
});

it("offers for several what makes sense for all of them, and extracting for archives only", () => {
  expect(actionsFor([entry("a"), entry("b", "folder")], all)).not.toContain("rename");
  expect(actionsFor([entry("a"), entry("b", "folder")], all)).toContain("measure");
  expect(actionsFor([entry("world.tar.zst")], all)).toContain("extract");
  expect(actionsFor([entry("world.zip", "folder")], all)).not.toContain("extract");
  expect(actionsFor([], all)).toEqual([]);
});
