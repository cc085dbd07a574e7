import { expect, it } from "vitest";
import { collectChosen, collectDropped } from "./collect-files";

type Tree = { [name: string]: string | Tree };

/** What a browser gives of a folder, a hundred of its entries at a time. */
function entryOf(name: string, content: string | Tree, parent = ""): FileSystemEntry {
  const fullPath = `${parent}/${name}`;
  if (typeof content === "string") {
    const file = (take: (file: File) => void) => setTimeout(() => take(new File([content], name)), 0);
    return { isFile: true, isDirectory: false, name, fullPath, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const left = Object.entries(content).map(([child, inner]) => entryOf(child, inner, fullPath));
    return { readEntries: (take: (part: FileSystemEntry[]) => void) => setTimeout(() => take(left.splice(0, 100)), 0) };
  };
  return { isFile: false, isDirectory: true, name, fullPath, createReader } as unknown as FileSystemEntry;
}

/** A drop whose data is gone as soon as its event is over, as that of browsers is. */
function drop(tree: Tree) {
  let isOver = false;
  const items = Object.entries(tree).map(([name, content]) => ({
    webkitGetAsEntry: () => (isOver ? null : entryOf(name, content)),
  }));
  const picked = collectDropped({ items, files: [] } as unknown as DataTransfer);
  isOver = true;
  return picked;
}

const texts = async (picked: Awaited<ReturnType<typeof drop>>) =>
  Object.fromEntries(await Promise.all(picked.map(async ({ file, path }) => [path, await file.text()] as const)));

it("finds the files of dropped folders at their places, in their order", async () => {
  const tree = { "a.txt": "a", world: { "level.dat": "l", region: { "r.0.0.mca": "r" } }, plugins: { "x.jar": "x" } };
  const picked = await drop(tree);
  expect(picked.map(({ path }) => path)).toEqual([
    "a.txt",
    "world/level.dat",
    "world/region/r.0.0.mca",
    "plugins/x.jar",
  ]);
  expect(await texts(picked)).toEqual({
    "a.txt": "a",
    "world/level.dat": "l",
    "world/region/r.0.0.mca": "r",
    "plugins/x.jar": "x",
  });
});

it("finds all of a folder that holds more than a browser tells at once", async () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${index}`, `${index}`]));
  expect(await texts(await drop({ many }))).toEqual(
    Object.fromEntries(Object.entries(many).map(([name, text]) => [`many/${name}`, text])),
  );
});

it("has nothing of folders without files", async () => {
  expect(await drop({ empty: {}, deep: { deeper: { deepest: {} } } })).toEqual([]);
  expect((await drop({ deep: { empty: {}, "a.txt": "" } })).map(({ path }) => path)).toEqual(["deep/a.txt"]);
});

it("leaves names as they are, however odd", async () => {
  const names = [
    " blank ",
    "ünïcode ファイル",
    "e\u0301",
    "a\\b",
    "..",
    "%2e%2e",
    ".hidden",
    "con",
    "__proto__",
    "😀",
    "a.",
  ];
  const tree: Tree = { odd: Object.fromEntries(names.map((name) => [name, "x"])) };
  expect((await drop(tree)).map(({ path }) => path)).toEqual(names.map((name) => `odd/${name}`));
});

it("fails as a whole when the browser cannot read one of them", async () => {
  const broken = {
    isFile: true,
    fullPath: "/broken",
    file: (_: unknown, fail: (error: Error) => void) => fail(new Error("gone meanwhile")),
  };
  const items = [{ webkitGetAsEntry: () => broken }];
  await expect(collectDropped({ items, files: [] } as unknown as DataTransfer)).rejects.toThrow("gone meanwhile");
});

it("takes plain files where a browser has no entries", async () => {
  const file = new File(["a"], "a.txt");
  const items = [{ webkitGetAsEntry: () => null }];
  expect(await collectDropped({ items, files: [file] } as unknown as DataTransfer)).toEqual([{ file, path: "a.txt" }]);
});

it("takes chosen files by their place in the folder, or by name", () => {
  const [inFolder, alone] = [new File(["a"], "a.txt"), new File(["b"], "b.txt")];
  Object.assign(inFolder, { webkitRelativePath: "folder/deep/a.txt" });
  Object.assign(alone, { webkitRelativePath: "" });
  expect(collectChosen([inFolder, alone] as unknown as FileList)).toEqual([
    { file: inFolder, path: "folder/deep/a.txt" },
    { file: alone, path: "b.txt" },
  ]);
});
