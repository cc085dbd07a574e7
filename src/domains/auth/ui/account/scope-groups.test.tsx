// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest";
import { clearPage, click, find, show } from "@/test/render";
import type { Permission } from "../../permissions";
import { ScopeGroups } from "./scope-groups";

afterEach(clearPage);

const offered: Permission[] = ["servers.view", "servers.start", "files.view", "rcon.execute"];
let chosen: ReadonlySet<Permission>;

const showChosen = (names: Permission[]) => {
  chosen = new Set(names);
  return show(
    <ScopeGroups
      offered={offered}
      chosen={chosen}
      onChange={(next) => {
        chosen = next;
      }}
    />,
  );
};
const box = (label: string) => {
  const found = [...document.querySelectorAll("[role=checkbox]")].find(
    (each) =>
      each.getAttribute("aria-label") === label ||
      document.querySelector(`label[for="${each.id}"]`)?.textContent === label,
  );
  if (!found) throw new Error(`no box ${label}`);
  return found;
};

it("offers what is offered, and nothing else", async () => {
  await showChosen([]);
  expect(document.querySelectorAll("fieldset")).toHaveLength(3);
  expect(document.querySelectorAll("[role=checkbox]")).toHaveLength(3 + offered.length);
  expect(find("[role=checkbox]").getAttribute("aria-checked")).toBe("false");
});

it("chooses one, and all of a group", async () => {
  await showChosen(["files.view"]);
  await click(box("Start"));
  expect([...chosen].sort()).toEqual(["files.view", "servers.start"]);
  await showChosen(["files.view"]);
  await click(box("All of: Servers"));
  expect([...chosen].sort()).toEqual(["files.view", "servers.start", "servers.view"]);
});

it("shows a group that is chosen in part, completes it first and then empties it", async () => {
  await showChosen(["servers.view", "files.view"]);
  expect(box("All of: Servers").getAttribute("aria-checked")).toBe("mixed");
  await click(box("All of: Servers"));
  expect(chosen.has("servers.start")).toBe(true);
  await showChosen(["servers.view", "servers.start", "files.view"]);
  expect(box("All of: Servers").getAttribute("aria-checked")).toBe("true");
  await click(box("All of: Servers"));
  expect([...chosen]).toEqual(["files.view"]);
});
