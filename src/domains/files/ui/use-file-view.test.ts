import { expect, it } from "vitest";
import { lineOfHash, noSearch, readFileView, viewAddress } from "./use-file-view";

it("says a line in the hash, where the editor reads it", () => {
  const address = new URL(
    viewAddress("s", { path: "a b/c.yml", panel: "files", search: noSearch, line: 12 }),
    "http://x",
  );
  expect(address.pathname + address.hash).toBe("/servers/s/files/a%20b/c.yml#L12");
  expect(lineOfHash(address.hash)).toBe(12);
  expect(["", "#", "#L", "#L1x", "#L12345678", "#content"].map(lineOfHash)).toEqual(Array(6).fill(undefined));
});

it("comes back to the same search", () => {
  const search = { text: "a&b #c", where: "contents", matchCase: true } as const;
  const address = new URL(viewAddress("s", { path: "logs", panel: "search", search }), "http://x");
  expect(readFileView(address.pathname, address.searchParams)).toEqual({ path: "logs", panel: "search", search });
});
