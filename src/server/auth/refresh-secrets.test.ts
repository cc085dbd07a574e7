import { randomBytes, randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createRefreshSecrets } from "./refresh-secrets";

const secrets = createRefreshSecrets(randomBytes(32));
const claim = { sessionId: randomUUID(), generation: 12 };

it("reads what it has made, always the same", () => {
  expect(secrets.read(secrets.make(claim))).toEqual(claim);
  expect(secrets.make(claim)).toBe(secrets.make({ ...claim }));
});

it("reads nothing else", () => {
  const secret = secrets.make(claim);
  const [id = "", generation = "", mac = ""] = secret.split(".");
  const others = [
    createRefreshSecrets(randomBytes(32)).make(claim),
    `${randomUUID()}.${generation}.${mac}`,
    `${id}.13.${mac}`,
    `${id}.012.${mac}`,
    `${id.toUpperCase()}.${generation}.${mac}`,
    `${secret} `,
    `${secret}\n`,
    secret.slice(0, -1),
    "",
    undefined,
  ];
  for (const other of others) expect(secrets.read(other)).toBe(null);
});
