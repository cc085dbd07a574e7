import fc from "fast-check";
import { expect, it } from "vitest";
import { decodePath, downloadAddress, fileAddress, pathOfAddress } from "./file-address";

const id = "0198c0de-0000-7000-8000-00000000000a";
const unit = fc.oneof(
  fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" }),
  fc.integer({ min: 0xdc80, max: 0xdcff }).map((code) => String.fromCharCode(code)),
  fc.constantFrom("%", "%2F", "#", "?", "&", " ", "é", "日本", "\u{10FFFD}", "\u{10FFFD}ff", "\n", "\u202e"),
);
const name = fc
  .array(unit, { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join("").replaceAll("/", "-").replaceAll("\0", "-"))
  .filter((text) => text !== "." && text !== "..");

it("leads back to the same path, whatever bytes its names hold", () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 4 }), (names) => {
      const path = names.join("/");
      const address = new URL(fileAddress(id, path), "http://localhost").pathname;
      expect(address).toMatch(/^[!-~]+$/);
      expect(pathOfAddress(address)).toBe(path);
    }),
  );
});

it("takes the top where an address says no folder, and names as they stand where they are no encoding", () => {
  expect(fileAddress(id, "")).toBe(`/servers/${id}/files`);
  expect(pathOfAddress(`/servers/${id}/files`)).toBe("");
  expect(pathOfAddress(`/servers/${id}/files/a//b/`)).toBe("a/b");
  expect(decodePath(["%E0%A4", "b"])).toBe("%E0%A4/b");
});

it("names bytes as they are where they are read", () => {
  const address = downloadAddress(id, { path: "a b/caf\udce9 é.txt", kind: "file" });
  expect(address).toBe(`/api/servers/${id}/files?path=a%20b%2Fcaf%E9%20%C3%A9.txt`);
  expect(downloadAddress(id, { path: "world", kind: "folder" })).toContain("?path=world&format=zip");
});
