import { expect, it } from "vitest";
import { locales } from "@/domains/auth/contract";
import en from "@/i18n/messages/en.json";
import ja from "@/i18n/messages/ja.json";
import { managedProperties, managedPropertiesOf } from "../../contract";
import { fieldOf, gameProperties, isOwnChoice, keysByGroup, presentValue, propertyGroups } from "./game-properties";
import { propertyFault } from "./property-fault";

const all = propertyGroups.flatMap((group) => Object.keys(gameProperties[group]));
const shown = (properties: Record<string, string>, managed: readonly string[] = managedPropertiesOf("custom")) =>
  new Map(keysByGroup(properties, managed));
const messages: Record<(typeof locales)[number], typeof en> = { en, ja };

it.each(locales)("explains every key and names every choice in %s", (locale) => {
  const { keys, choices } = messages[locale].files.properties;
  expect(Object.keys(keys).sort()).toEqual(all.map((name) => name.replaceAll(".", "-")).sort());
  for (const name of all) {
    const field = fieldOf(name);
    if (field?.kind !== "choice") continue;
    const words = (choices as Record<string, Record<string, string>>)[name] ?? {};
    expect(Object.keys(words), name).toEqual(field.choices.map((value) => value.replace("minecraft:", "")));
  }
});

it("has each key once, and none that mcsd decides", () => {
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((name) => (managedProperties as readonly string[]).includes(name))).toEqual([]);
  for (const name of all) expect(propertyFault(name, fieldOf(name)?.initial ?? ""), name).toBeNull();
});

it("shows a new file's possible keys, and of one that the game wrote those that its version has", () => {
  const fresh = shown({ motd: "Hi" });
  expect(fresh.get("performance")).toContain("view-distance");
  expect(fresh.get("players")).not.toContain("pvp");
  const written = Object.fromEntries(all.slice(0, 30).map((name) => [name, "1"]));
  expect(shown({ ...written, pvp: "true", "my.plugin": "x" }).get("players")).toContain("pvp");
  expect(shown({ ...written, "my.plugin": "x" }).get("other")).toEqual(["my.plugin"]);
  expect(shown(written).get("management")).toEqual([]);
  expect(shown({ ...written, "management-server-enabled": "false" }).get("management")).toContain(
    "management-server-secret",
  );
  expect(shown({ motd: "Hi" }, managedPropertiesOf("vanilla")).get("management")).toEqual([]);
});

it("takes the game's defaults where the file has no such key", () => {
  expect(presentValue({}, "max-players")).toBe("20");
  expect([isOwnChoice({}, "max-players"), isOwnChoice({ "max-players": "5" }, "max-players")]).toEqual([false, true]);
  expect(isOwnChoice({ "my.plugin": "x" }, "my.plugin")).toBe(true);
});

it("refuses numbers that are none, broken or out of bounds, and texts of two lines", () => {
  expect(propertyFault("max-players", "many")).toEqual({ key: "whole" });
  expect(propertyFault("spawn-protection", "1.5")).toEqual({ key: "whole" });
  expect(propertyFault("spawn-protection", "-1")).toEqual({ key: "from", min: 0 });
  expect(propertyFault("view-distance", "33")).toEqual({ key: "range", min: 3, max: 32 });
  expect(propertyFault("max-tick-time", "-1")).toBeNull();
  expect(propertyFault("max-players", "2147483648")).toEqual({ key: "range", min: 0, max: 2_147_483_647 });
  expect(propertyFault("motd", "two\nlines")).toEqual({ key: "line" });
  expect(propertyFault("my.plugin", "x".repeat(2001))).toEqual({ key: "long" });
});
