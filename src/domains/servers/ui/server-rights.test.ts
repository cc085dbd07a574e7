import { expect, it } from "vitest";
import { rolePermissions } from "@/domains/auth/permissions";
import { canActNow, mayAct } from "./server-rights";

const operator = { id: "me", permissions: [...rolePermissions.operator] };
const admin = { id: "root", permissions: [...rolePermissions.admin] };
const own = { ownerId: "me", state: "running" } as const;
const other = { ownerId: "else", state: "running" } as const;

it("opens the console of one's own server to everyone, that of others only with the permission", () => {
  expect(mayAct(operator, own, "rcon")).toBe(true);
  expect(mayAct(operator, other, "rcon")).toBe(false);
  expect(mayAct(admin, other, "rcon")).toBe(true);
});

it("offers what both the state and the permissions allow", () => {
  expect(canActNow(operator, own, "stop")).toBe(true);
  expect(canActNow(operator, own, "start")).toBe(false);
  expect(canActNow(operator, { ...own, state: "stopped" }, "delete")).toBe(false);
  expect(canActNow(admin, { ...own, state: "stopped" }, "delete")).toBe(true);
  expect(canActNow({ id: "x", permissions: ["servers.view"] }, own, "kill")).toBe(false);
});

it("offers nothing while the state is unknown", () => {
  expect(canActNow(admin, { ...own, state: "unknown" }, "kill")).toBe(false);
});
