import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { readBuiltConfig } from "./read-built-config";

const folder = mkdtempSync(join(tmpdir(), "built-config-"));
afterEach(() => rmSync(join(folder, ".next"), { recursive: true, force: true }));

function build(text: string) {
  mkdirSync(join(folder, ".next"));
  writeFileSync(join(folder, ".next", "required-server-files.json"), text);
}

it("takes what the build settled, and loads no page before somebody asks for it", () => {
  build(JSON.stringify({ config: { compress: true, experimental: { preloadEntriesOnStart: true, ppr: false } } }));
  expect(readBuiltConfig(folder)).toEqual({
    compress: true,
    experimental: { preloadEntriesOnStart: false, ppr: false },
  });
});

it("leaves it to Next to complain when there is no build, or half of one", () => {
  expect(readBuiltConfig(folder)).toBeNull();
  build('{"config": {');
  expect(readBuiltConfig(folder)).toBeNull();
});
