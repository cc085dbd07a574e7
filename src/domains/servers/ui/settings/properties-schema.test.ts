import { expect, it } from "vitest";
import { everydayValues } from "./everyday-properties";
import { propertiesFormSchema } from "./properties-schema";

const faults = (values: Record<string, string>) =>
  propertiesFormSchema
    .safeParse(everydayValues(values))
    .error?.issues.map((issue) => `${issue.path.join(".")} ${issue.code}`) ?? [];

it("takes the game's defaults where the file has no such key", () => {
  expect(everydayValues({ motd: "Hi", "level-name": "world" })).toMatchObject({
    motd: "Hi",
    "max-players": "20",
    "online-mode": "true",
  });
  expect(everydayValues({})).not.toHaveProperty("level-name");
  expect(faults({})).toEqual([]);
});

it("refuses numbers that are none, broken or out of bounds, at their field", () => {
  expect(faults({ "max-players": "many" })).toEqual(["max-players invalid_type"]);
  expect(faults({ "view-distance": "2" })).toEqual(["view-distance too_small"]);
  expect(faults({ "view-distance": "33" })).toEqual(["view-distance too_big"]);
  expect(faults({ "spawn-protection": "1.5" })).toEqual(["spawn-protection invalid_type"]);
  expect(faults({ motd: "two\nlines" })).toHaveLength(1);
});
