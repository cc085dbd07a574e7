import { expect, it } from "vitest";
import { checkText } from "./check-text";

it.each([
  ["json", '{"a": 1,\n "b": }', 2, 7],
  ["json", '{"a": 1,}', 1, 9],
  ["json", '{"a": 1 // comment\n}', 1, 9],
  ["yaml", "a: 1\nb: [1, 2\n", 3, 1],
  ["yaml", "a: 1\na: 2\n", 2, 1],
  ["toml", "a = 1\nb = \n", 2, 5],
  ["properties", "a=1\nb=\\u12\n", 2, 3],
] as const)("finds the place in %s %j", (language, text, line, column) => {
  const [fault] = checkText(language, text);
  expect(fault).toMatchObject({ line, column, isWarning: false });
  expect(fault?.message).not.toBe("");
});

it("warns of a key that stands twice, and finds nothing in good texts", () => {
  expect(checkText("properties", "a=1\nb=2\na=3\n")).toMatchObject([{ line: 3, isWarning: true }]);
  expect(checkText("json", '{"a": [1, null]}\n')).toEqual([]);
  expect(checkText("yaml", "a:\n  - b: 'x'\n")).toEqual([]);
  expect(checkText("toml", '[a]\nb = "x"\n')).toEqual([]);
  expect(checkText("properties", "#a\\u1\na=\\u00e9\n")).toEqual([]);
  for (const language of ["json", "yaml", "toml", "properties", "plain"] as const)
    expect(checkText(language, "")).toEqual([]);
});
