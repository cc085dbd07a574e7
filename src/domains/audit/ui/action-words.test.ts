import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { permissions } from "@/domains/auth/permissions";
import en from "@/i18n/messages/en.json";
import ja from "@/i18n/messages/ja.json";
import { listFiles } from "@/test/import-graph";
import { listProcedures } from "@/test/procedures-list";

const domains = "auth|users|servers|system|audit|files|console|snapshots|players|groups";
const quoted = new RegExp(`"((?:${domains})\\.[a-z][A-Za-z]+)"`, "g");

/** Every action that code writes into the log itself: a quoted `domain.verb` in a file that writes there. */
function writtenActions(): string[] {
  const isPermissionOnly = (name: string, text: string) =>
    (permissions as readonly string[]).includes(name) && !new RegExp(`action(?::| =) "${name}"`).test(text);
  const sources = listFiles("src", /\.ts$/).filter((path) => !/\.test\.ts$|^src\/test\/|\/contract\.ts$/.test(path));
  const found = sources.flatMap((path) => {
    const text = readFileSync(path, "utf8");
    if (!/recordAudit|changeUser|changePeople|refusals\.record/.test(text)) return [];
    return [...text.matchAll(quoted)].flatMap(([, name]) => (name && !isPermissionOnly(name, text) ? name : []));
  });
  return [...new Set(found)];
}

const worded = (actions: Record<string, Record<string, string>>) =>
  new Set(Object.entries(actions).flatMap(([domain, verbs]) => Object.keys(verbs).map((verb) => `${domain}.${verb}`)));

it.each([
  ["en", en],
  ["ja", ja],
])("has words in %s for every action that the code writes", (_, messages) => {
  const written = writtenActions();
  expect(written).toEqual(
    expect.arrayContaining(["servers.start", "users.approve", "auth.signIn", "system.setLimits"]),
  );
  expect(written.filter((action) => !worded(messages.audit.actions).has(action))).toEqual([]);
});

it.each([
  ["en", en],
  ["ja", ja],
])("has words in %s for every call that can be refused", (_, messages) => {
  const known = worded(messages.audit.actions);
  expect(listProcedures().flatMap(({ path }) => (known.has(path) ? [] : path))).toEqual([]);
});
