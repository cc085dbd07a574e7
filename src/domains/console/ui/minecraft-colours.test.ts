import { expect, it } from "vitest";
import { minecraftColoursToAnsi } from "./minecraft-colours";

it("turns colour codes into the palette and lets a colour end a style", () => {
  expect(minecraftColoursToAnsi("§aready §l§cnow§r!")).toBe("\u001b[0;92mready \u001b[1m\u001b[0;91mnow\u001b[0m!");
});

it("reads capital letters and the six-digit form", () => {
  expect(minecraftColoursToAnsi("§Ared §x§f§f§0§0§8§0pink")).toBe("\u001b[0;92mred \u001b[0;38;2;255;0;128mpink");
});

it("drops obfuscation and keeps a sign that is not a code", () => {
  expect(minecraftColoursToAnsi("§kmagic§z 5 §")).toBe("magic§z 5 §");
});
