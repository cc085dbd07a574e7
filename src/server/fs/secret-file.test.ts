import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readOrCreateSecret } from "./secret-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync("/tmp/mcsd-secret-");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("makes one secret however many ask at once, private and with nothing left beside it", async () => {
  const path = join(folder, "key");
  const secrets = await Promise.all(Array.from({ length: 20 }, () => readOrCreateSecret(path)));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await readOrCreateSecret(path)).toBe(secrets[0]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["key"]);
});

it("closes a file that others could read, and refuses a damaged one", async () => {
  const path = join(folder, "key");
  const secret = await readOrCreateSecret(path);
  chmodSync(path, 0o644);
  expect(await readOrCreateSecret(path)).toBe(secret);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileSync(path, "");
  await expect(readOrCreateSecret(path)).rejects.toThrow(/is damaged/);
});
