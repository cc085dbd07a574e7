import { expect, it } from "vitest";
import en from "@/i18n/messages/en.json";
import { type Permission, permissions } from "../permissions";
import { groupPermissions } from "./group-permissions";

it("puts every permission into one group, in the table's order", () => {
  const groups = groupPermissions([...permissions].reverse());
  expect(groups.flatMap((group) => group.permissions)).toEqual(permissions);
  expect(groups.map(({ group }) => group)).toEqual(
    Object.keys(en.auth.permissionGroups).filter((name) => name !== "all"),
  );
});

it("leaves out groups without any and says nothing of unknown names", () => {
  expect(groupPermissions(["files.view", "servers.stop", "files.fly" as Permission])).toEqual([
    { group: "servers", permissions: ["servers.stop"] },
    { group: "files", permissions: ["files.view"] },
  ]);
});

it("has words for every permission, and no words for others", () => {
  const worded = Object.entries(en.auth.permissions).flatMap(([group, names]) =>
    Object.keys(names).map((name) => `${group}.${name}`),
  );
  expect(worded.sort()).toEqual([...permissions].sort());
});
