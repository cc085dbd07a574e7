import { expect, it } from "vitest";
import { createServerInputSchema } from "../../contract";
import { type CreateForm, createFormSchema, emptyCreateForm, toCreateInput } from "./create-form-schema";

const filled: CreateForm = {
  ...emptyCreateForm,
  name: "Lobby",
  version: "1.21.11",
  build: "113",
  port: 25566,
  acceptEula: true,
};
const faults = (values: CreateForm, used: number[] = []) =>
  createFormSchema(new Set(used))
    .safeParse(values)
    .error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];

it("gives what the procedure accepts", () => {
  const input = toCreateInput(filled);
  expect(createServerInputSchema.parse(input)).toMatchObject({
    name: "Lobby",
    build: "113",
    port: 25566,
    acceptEula: true,
  });
  expect(input.properties).toEqual({
    "max-players": "20",
    difficulty: "easy",
    gamemode: "survival",
    "online-mode": "true",
    "white-list": "false",
    "view-distance": "10",
  });
});

it("leaves out what was left empty, and the build of an own jar", () => {
  const input = toCreateInput({ ...filled, type: "custom", rules: { ...filled.rules, seed: " 42 ", motd: "" } });
  expect(input.build).toBeUndefined();
  expect(input.launchKind).toBeUndefined();
  expect(input.properties).toMatchObject({ "level-seed": "42" });
  expect(input.properties).not.toHaveProperty("motd");
});

it("asks for the consent, and refuses a port that another server has", () => {
  expect(faults(filled)).toEqual([]);
  expect(faults({ ...filled, acceptEula: false })).toEqual(["acceptEula: eula_required"]);
  expect(faults(filled, [25566])).toEqual(["port: port_used"]);
  expect(faults({ ...filled, port: Number.NaN })).toHaveLength(1);
});
