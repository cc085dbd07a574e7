import { expect, it } from "vitest";
import { type Permission, permissions, type Role, rolePermissions } from "@/domains/auth/permissions";
import { givableRoles, hindranceOf, roleChange } from "./acting-on";

const me = (held: readonly Permission[]) => ({ id: "me", permissions: [...held] });
const user = (role: Role, granted: Permission[] = [], denied: Permission[] = [], id = "other") => ({
  id,
  role,
  granted,
  denied,
});

it("stands in one's own way", () => {
  expect(hindranceOf(me(permissions), user("user", [], [], "me"))).toEqual({ kind: "self" });
});

it("names the first permission that the other holds and oneself does not", () => {
  expect(hindranceOf(me(rolePermissions.operator), user("admin"))).toEqual({
    kind: "outranks",
    permission: "servers.delete",
  });
  expect(hindranceOf(me(rolePermissions.user), user("user", ["system.view_health"]))).toMatchObject({
    permission: "system.view_health",
  });
});

it("is nobody's way where the other may do no more", () => {
  expect(hindranceOf(me(permissions), user("admin"))).toBeNull();
  expect(hindranceOf(me(rolePermissions.user), user("user", ["users.view"], ["users.view"]))).toBeNull();
});

it("offers the roles that bring nothing one lacks", () => {
  expect(givableRoles(me(permissions))).toEqual(["admin", "operator", "user"]);
  expect(givableRoles(me(rolePermissions.user))).toEqual(["user"]);
  const withoutConsole = permissions.filter((name) => name !== "rcon.execute");
  expect(givableRoles(me(withoutConsole))).toEqual(["operator", "user"]);
  expect(givableRoles(me(withoutConsole), ["rcon.execute"])).toEqual(["admin", "operator", "user"]);
});

it("counts what a role adds and takes, grants and denials included", () => {
  expect(roleChange(user("admin"), "admin")).toEqual({ gains: 0, loses: 0 });
  expect(roleChange(user("user", ["users.view"], ["files.view"]), "operator")).toEqual({ gains: 3, loses: 3 });
  expect(roleChange(user("user", ["users.view"]), "admin").gains).toBe(38 - rolePermissions.user.length - 1);
});
