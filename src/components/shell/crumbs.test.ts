import { expect, it } from "vitest";
import { crumbsOf } from "./crumbs";

const id = "0198c0de-0000-7000-8000-00000000000a";

it("names the section, the server and the page below it, each with its address", () => {
  expect(crumbsOf(`/servers/${id}/console`)).toEqual([
    { kind: "section", name: "servers", href: "/servers" },
    { kind: "server", serverId: id, href: `/servers/${id}` },
    { kind: "page", name: "console", href: `/servers/${id}/console` },
  ]);
  expect(crumbsOf("/servers/new").map((crumb) => crumb.kind)).toEqual(["section", "page"]);
});

it("tells users and groups from servers", () => {
  expect(crumbsOf(`/groups/${id}`)[1]).toEqual({ kind: "group", groupId: id, href: `/groups/${id}` });
  expect(crumbsOf(`/users/${id}`)[1]).toEqual({ kind: "user", userId: id, href: `/users/${id}` });
  expect(crumbsOf("/users/permissions").map((crumb) => crumb.kind)).toEqual(["section", "page"]);
});

it("tells snapshots from servers", () => {
  const base = `/servers/${id}`;
  expect(crumbsOf(`${base}/snapshots/${id}`).slice(2)).toEqual([
    { kind: "page", name: "snapshots", href: `${base}/snapshots` },
    { kind: "snapshot", snapshotId: id, href: `${base}/snapshots/${id}` },
  ]);
  const kinds = crumbsOf(`${base}/snapshots/schedule`).map((crumb) => crumb.kind);
  expect(kinds).toEqual(["section", "server", "page", "page"]);
});

it("leaves out what it does not know", () => {
  expect(crumbsOf("/")).toEqual([]);
  expect(crumbsOf("/somewhere/else")).toEqual([]);
  expect(crumbsOf("/servers/not-an-id")).toHaveLength(1);
});
