import { expect, it } from "vitest";
import { rolePermissions } from "@/domains/auth/permissions";
import { canActNow, canManageMembers, mayAct } from "./server-rights";

const operator = { id: "me", permissions: [...rolePermissions.operator], sharedServers: {} };
const admin = { id: "root", permissions: [...rolePermissions.admin], sharedServers: {} };
const own = { id: "a", ownerId: "me", state: "running" } as const;
const other = { id: "b", ownerId: "else", state: "running" } as const;

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
  expect(canActNow({ id: "x", permissions: ["servers.view"], sharedServers: {} }, own, "kill")).toBe(false);
});

it("offers nothing while the state is unknown", () => {
  expect(canActNow(admin, { ...own, state: "unknown" }, "kill")).toBe(false);
});

it("offers of a shared server what is shared, unless it is denied altogether", () => {
  const member = {
    id: "m",
    permissions: [...rolePermissions.user],
    sharedServers: { b: ["servers.stop", "rcon.execute"] },
  };
  const shared = member as Parameters<typeof mayAct>[0];
  expect(mayAct(shared, other, "stop")).toBe(true);
  expect(mayAct(shared, other, "rcon")).toBe(true);
  expect(mayAct(shared, other, "start")).toBe(false);
  expect(mayAct(shared, { ...other, id: "c" }, "stop")).toBe(false);
  expect(mayAct({ ...shared, permissions: ["servers.view"] }, other, "stop")).toBe(false);
});

it("lets owners share, and those who reach and change everybody's servers, but not members", () => {
  const member = { id: "m", permissions: [...rolePermissions.user], sharedServers: { a: ["servers.update" as const] } };
  expect(canManageMembers(operator, own)).toBe(true);
  expect(canManageMembers(operator, other)).toBe(true);
  expect(canManageMembers(member, own)).toBe(false);
  expect(canManageMembers({ ...member, id: "me", permissions: [] }, own)).toBe(false);
});
