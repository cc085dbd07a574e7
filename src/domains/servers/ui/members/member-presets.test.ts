import { expect, it } from "vitest";
import { type Permission, permissions } from "@/domains/auth/permissions";
import { shareablePermissions } from "../../members-contract";
import { presetLike, presetNames, presetOf } from "./member-presets";

it("gives only what can be shared, in the table's order", () => {
  for (const name of presetNames) {
    const given = presetOf(name, permissions);
    expect(given).toEqual(shareablePermissions.filter((permission) => given.includes(permission)));
    expect(given).toContain("servers.view");
  }
  expect(presetOf("everything", permissions)).toEqual(shareablePermissions);
});

it("leaves out what the giver lacks", () => {
  expect(presetOf("playMaster", ["servers.start"])).toEqual(["servers.view", "servers.start"]);
});

it("knows its own presets again, and nothing else", () => {
  for (const name of presetNames) expect(presetLike(presetOf(name, permissions), permissions)).toBe(name);
  expect(presetLike([], permissions)).toBe("look");
  expect(presetLike(["servers.view", "backups.view"] satisfies Permission[], permissions)).toBeNull();
});
