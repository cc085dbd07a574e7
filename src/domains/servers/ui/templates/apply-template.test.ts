import { expect, it } from "vitest";
import { emptyCreateForm, toCreateInput } from "../create/create-form-schema";
import { applyTemplate } from "./apply-template";

it("fills the form with what a template says, and with the usual where it says nothing or nonsense", () => {
  const form = applyTemplate({
    ...{ type: "vanilla", version: "1.20.4", memoryMb: 4096, tags: ["a"], javaMajor: 21 },
    properties: { motd: "Hi", difficulty: "hard", "online-mode": "false", "max-players": "-3", gamemode: "odd" },
  });
  expect(form).toMatchObject({
    type: "vanilla",
    version: "1.20.4",
    memoryMb: 4096,
    tags: ["a"],
    javaMajor: 21,
    name: "",
  });
  expect(form.rules).toMatchObject({
    motd: "Hi",
    difficulty: "hard",
    isOnlineMode: false,
    maxPlayers: 20,
    gameMode: "survival",
  });
  expect(form.acceptEula).toBe(false);
  expect(toCreateInput({ ...form, name: "x", port: 25_565 }).properties).toMatchObject({
    difficulty: "hard",
    motd: "Hi",
  });
  expect(applyTemplate({ type: "vanilla", version: "1", memoryMb: 128 }).rules).toEqual(emptyCreateForm.rules);
});
