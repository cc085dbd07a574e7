import { expect, it } from "vitest";
import { effectivePermissions, type Permission, permissions, type Role, roles } from "@/domains/auth/permissions";
import { cellOf, whoCan, whoDiffers } from "./who-can";

const person = (username: string, role: Role, granted: Permission[] = [], denied: Permission[] = []) => ({
  id: username,
  username,
  role,
  granted,
  denied,
});

it("says the same as the formula, for every role and permission", () => {
  for (const role of roles)
    for (const name of permissions)
      for (const [granted, denied] of [
        [[], []],
        [[name], []],
        [[], [name]],
        [[name], [name]],
      ] as const) {
        const isHeld = effectivePermissions(role, granted, denied).has(name);
        const cell = cellOf({ role, granted: [...granted], denied: [...denied] }, name);
        expect(["yes", "granted"].includes(cell), `${role} ${name} ${granted} ${denied}`).toBe(isHeld);
      }
});

it("finds those whose permissions differ; what changes nothing is no difference", () => {
  const people = [
    person("plain", "user"),
    person("more", "user", ["users.view"]),
    person("less", "admin", [], ["users.delete"]),
    person("same", "admin", ["users.view"]),
    person("denied what they lack", "user", [], ["users.view"]),
  ];
  expect(whoDiffers(people).map(({ username }) => username)).toEqual(["more", "less"]);
});

it("answers who can", () => {
  const people = [person("more", "user", ["users.view"]), person("less", "operator", [], ["users.view"])];
  const found = whoCan(people, "users.view");
  expect(found.roles).toEqual(["admin", "operator"]);
  expect(found.granted.map(({ id }) => id)).toEqual(["more"]);
  expect(found.denied.map(({ id }) => id)).toEqual(["less"]);
});
