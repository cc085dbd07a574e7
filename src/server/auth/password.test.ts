import { expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./password";

it("knows the right password, and neither a wrong one nor anybody without one", async () => {
  const known = await hashPassword("a long passphrase 7");
  expect(known).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
  expect(await verifyPassword(known, "a long passphrase 7")).toBe(true);
  expect(await verifyPassword(known, "a long passphrase 8")).toBe(false);
  for (const nobody of [null, ""]) {
    expect(await verifyPassword(nobody, "no such user")).toBe(false);
    expect(await verifyPassword(nobody, "")).toBe(false);
  }
});

it("works as hard for nobody as for somebody", async () => {
  const known = await hashPassword("a long passphrase 7");
  const work = async (hash: string | null) => {
    const before = process.cpuUsage();
    for (let index = 0; index < 6; index++) await verifyPassword(hash, "wrong");
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  await work(null);
  const ratios: number[] = [];
  for (let round = 0; round < 5; round++) {
    const somebody = await work(known);
    ratios.push((await work(null)) / somebody);
  }
  // Left out, the hash would bring this near 0; what else the machine does moves single rounds only.
  const [, , median = 0] = ratios.sort((a, b) => a - b);
  expect(median).toBeGreaterThan(0.5);
  expect(median).toBeLessThan(2);
});
