import { expect, it } from "vitest";
import { findByTyping, isTyping, typeLetter } from "./find-by-typing";

const entries = ["banned.json", "bukkit.yml", "eula.txt", "ops.json", "Server.jar", "日本.txt"].map((name) => ({
  name,
  path: `d/${name}`,
}));
const find = (text: string, active: string | null = null) =>
  findByTyping(entries, active && `d/${active}`, text)?.name ?? null;

it("finds the next name that begins so, whatever its case, and begins again at the end", () => {
  expect(find("s")).toBe("Server.jar");
  expect(find("bu", "banned.json")).toBe("bukkit.yml");
  expect(find("b", "ops.json")).toBe("banned.json");
  expect(find("日")).toBe("日本.txt");
  expect(find("x", "eula.txt")).toBeNull();
  expect(findByTyping([], null, "a")).toBeUndefined();
});

it("stays where it is while the name goes on to fit, and steps on with the same letter", () => {
  expect(find("eu", "eula.txt")).toBe("eula.txt");
  expect(find("b", "banned.json")).toBe("bukkit.yml");
  expect(find("bb", "bukkit.yml")).toBe("banned.json");
  expect(find("e", "eula.txt")).toBe("eula.txt");
});

it("takes letters together that follow each other at once", () => {
  const first = typeLetter({ text: "", at: 0 }, "o", 1000);
  expect(typeLetter(first, "p", 1500)).toEqual({ text: "op", at: 1500 });
  expect(typeLetter(first, "p", 2500)).toEqual({ text: "p", at: 2500 });
  expect([isTyping(first, 1500), isTyping(first, 2500), isTyping({ text: "", at: 1000 }, 1000)]).toEqual([
    true,
    false,
    false,
  ]);
});
