import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { expect, it } from "vitest";
import { errorParamNames } from "@/components/error-params";
import { locales } from "@/domains/auth/contract";
import { archiveRules } from "@/lib/archive-rules";
import { errorCodes } from "@/lib/error-codes";
import { archiveFormats } from "@/server/archive/archive-format";
import en from "./messages/en.json";
import ja from "./messages/ja.json";

type Tree = { [key: string]: string | Tree };

const catalogues = { en: flatten(en), ja: flatten(ja) } satisfies Record<(typeof locales)[number], Map<string, string>>;

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

/** Names of everything that a message wants to be given: arguments and tags, in every branch. */
function wants(elements: readonly MessageFormatElement[]): Set<string> {
  const found = new Set<string>();
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    found.add(element.type === TYPE.tag ? `<${element.value}>` : element.value);
    const inner =
      element.type === TYPE.tag
        ? element.children
        : element.type === TYPE.select || element.type === TYPE.plural
          ? Object.values(element.options).flatMap((option) => option.value)
          : [];
    for (const name of wants(inner)) found.add(name);
  }
  return found;
}

const read = (text: string) => wants(parse(text, { requiresOtherClause: true }));

it("holds the same keys in every language", () => {
  for (const locale of locales)
    expect([...catalogues[locale].keys()].sort(), locale).toEqual([...catalogues.en.keys()].sort());
});

it.each(locales)("has only messages in %s that can be read, none of them empty", (locale) => {
  const broken = [...catalogues[locale]].filter(([, text]) => {
    try {
      return text.trim() === "" || !read(text);
    } catch {
      return true;
    }
  });
  expect(broken).toEqual([]);
});

it("wants the same arguments in every language", () => {
  const different = [...catalogues.en].filter(([key, text]) => {
    const other = catalogues.ja.get(key);
    return other !== undefined && [...read(text)].sort().join() !== [...read(other)].sort().join();
  });
  expect(different.map(([key]) => key)).toEqual([]);
});

it("has no key that next-intl would read as a path", () => {
  const inTree = (tree: Tree): string[] =>
    Object.entries(tree).flatMap(([key, value]) => [key, ...(typeof value === "string" ? [] : inTree(value))]);
  expect(inTree(en).filter((key) => key.includes("."))).toEqual([]);
});

it("has one sentence for every error code, and none for codes that do not exist", () => {
  expect(Object.keys(en.errors).sort()).toEqual([...Object.keys(errorCodes), "NETWORK"].sort());
});

it("says for every rule why an archive was refused", () => {
  const { sentence: _, sentenceEntry: __, ...rules } = en.archiveRules;
  expect(Object.keys(rules)).toEqual(Object.keys(archiveRules));
});

it("names every kind of archive that is read where one of another kind is refused", () => {
  for (const text of [archiveRules.notAnArchive, en.archiveRules.notAnArchive, ja.archiveRules.notAnArchive])
    expect([...new Set(text.match(/\.[a-z]+(?:\.[a-z]+)?/g))].sort()).toEqual(
      archiveFormats.map((f) => `.${f}`).sort(),
    );
});

it("asks in an error's sentence only for what it is given", () => {
  const known = new Set<string>(errorParamNames);
  const asked = Object.entries(en.errors).flatMap(([code, text]) => [...read(text)].map((name) => `${code}.${name}`));
  expect(asked.filter((name) => !known.has(name.split(".")[1] ?? ""))).toEqual([]);
});
