import fc from "fast-check";
import { expect, it } from "vitest";
import { editProperties, parseProperties } from "./properties-file";

const sample = `#Minecraft server properties
#Sat Nov 22 02:00:00 UTC 2026
motd=A \\u00A7aMinecraft Server
level-type=minecraft\\:normal
view-distance = 10
resource-pack-prompt=long \\
   text
! odd comment
strange:value
empty=
`;

it("reads what the game writes", () => {
  expect(Object.fromEntries(parseProperties(sample))).toEqual({
    motd: "A §aMinecraft Server",
    "level-type": "minecraft:normal",
    "view-distance": "10",
    "resource-pack-prompt": "long text",
    strange: "value",
    empty: "",
  });
});

it("changes in place, appends what is new, removes on null, and keeps comments, order and unknown keys", () => {
  const edited = editProperties(
    sample,
    new Map<string, string | null>([
      ["view-distance", "6"],
      ["empty", null],
      ["white-list", "true"],
    ]),
  );
  expect(edited).toContain("#Minecraft server properties\n#Sat Nov");
  expect(edited).toContain("! odd comment\nstrange:value\n");
  expect(edited.indexOf("view-distance=6")).toBeLessThan(edited.indexOf("strange"));
  expect(edited).not.toContain("empty");
  expect(edited.endsWith("white-list=true\n")).toBe(true);
});

it("leaves one entry of a key that stood twice", () => {
  expect(editProperties("a=1\nb=2\na=3\n", new Map([["a", "9"]]))).toBe("a=9\nb=2\n");
});

it("reads back whatever it wrote", () => {
  const key = fc.stringMatching(/^[a-z0-9._=: -]{1,20}$/).filter((name) => name.trim() === name);
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.string({ unit: "binary", maxLength: 60 })),
      fc.constantFrom("", sample),
      (values, base) => {
        const changes = new Map(Object.entries(values));
        const read = parseProperties(editProperties(base, changes));
        for (const [name, value] of changes) expect(read.get(name)).toBe(value);
      },
    ),
  );
});
