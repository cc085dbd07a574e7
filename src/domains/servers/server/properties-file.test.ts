import fc from "fast-check";
import { expect, it } from "vitest";
import { editProperties, editPropertiesBytes, parseProperties } from "./properties-file";

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

/** Lines of every kind that Java knows, each of which must come through untouched. */
const strangeLine = fc.oneof(
  fc.stringMatching(/^[a-z.-]{1,8} ?[=:] ?[ -~]{0,12}$/),
  fc.stringMatching(/^[#!][ -~]{0,12}$/),
  fc.constantFrom(
    "",
    "  ",
    "\t",
    "a=1\\",
    "a=\\\\",
    "long = one\\",
    "   two",
    "m=\\u00e9",
    "caf\u00c3\u00a9=\u00e9",
    "\\",
    "\u0085x=\u00a0",
  ),
);

it("leaves every byte of the lines that are not changed, and reads the same of them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(strangeLine, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 12 }),
      strangeLine,
      (lines, end) => {
        const text = lines.flat().join("") + end;
        const bytes = Buffer.from(text, "latin1");
        expect(editProperties(text, new Map())).toBe(text);
        expect(editPropertiesBytes(bytes, new Map()).equals(bytes)).toBe(true);
        const edited = editProperties(text, new Map([["ADDED", "x"]]));
        expect(edited.startsWith(text)).toBe(true);
        expect(Object.fromEntries(parseProperties(edited))).toEqual({
          ...Object.fromEntries(parseProperties(text)),
          ADDED: "x",
        });
      },
    ),
    {
      numRuns: 500,
      examples: [
        [
          [
            ["!", "\n"],
            ["a=1\\", "\r"],
          ],
          "",
        ],
      ],
    },
  );
});

it("keeps Windows' line ends, also in the lines it changes and adds", () => {
  const edited = editProperties("a=1\r\nb=2\r\n", new Map(Object.entries({ a: "9", c: "3" })));
  expect(edited).toBe("a=9\r\nb=2\r\nc=3\r\n");
});

it("keeps what is Latin-1 in a file that is not UTF-8", () => {
  const edited = editPropertiesBytes(Buffer.from("motd=caf\u00e9\nb=1\n", "latin1"), new Map([["b", "\u00e9"]]));
  expect(edited.toString("latin1")).toBe("motd=caf\u00e9\nb=\\u00e9\n");
});
