import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listFiles, projectRoot } from "./import-graph";

const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const sources = [...listFiles("src", /\.tsx?$/), ...listFiles("scripts", /\.(?:ts|mjs)$/)].filter(
  (path) => !path.startsWith("src/components/ui/"),
);
const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

it("no file is longer than 250 lines without saying why in its head", () => {
  const tooLong = sources.filter((path) => {
    const lines = read(path).trimEnd().split("\n");
    return lines.length > 250 && !/longer than 250 lines/i.test(lines.slice(0, 12).join(" "));
  });
  expect(tooLong).toEqual([]);
});

it("no barrels, no names that say nothing, kebab case", () => {
  expect(sources.filter((path) => /^index\.tsx?$/.test(baseName(path)))).toEqual([]);
  const vague = /(?:^|[-.])(?:utils?|helpers?|misc|managers?)(?:[-.]|$)/;
  expect(sources.filter((path) => vague.test(baseName(path)))).toEqual([]);
  const names = listFiles("src").filter(
    (path) => !/^src\/test\/(?:fixtures|stand-in\/java|docker\/image-files\/java)\//.test(path),
  );
  expect(names.filter((path) => !/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(baseName(path)))).toEqual([]);
});

it("every router is in the root router and every table in the schema", () => {
  const found = listFiles("src/domains", /\/server\/(?:router|table)\.ts$/);
  const known = read("src/server/trpc/root.ts") + read("src/server/db/schema.ts");
  expect(found.length).toBeGreaterThan(8);
  expect(found.filter((path) => !known.includes(path.slice("src/".length, -".ts".length)))).toEqual([]);
});

it("no shell is ever given text", () => {
  const own = sources.filter((path) => path.startsWith("src/") && !/\.test\.ts$|^src\/test\//.test(path));
  expect(
    own.filter((path) =>
      /\bshell:\s*(?!false)|\bexecSync\(|import \{[^}]*\bexec\b[^}]*\} from "node:child_process"/.test(read(path)),
    ),
  ).toEqual([]);
});

it("the project speaks of itself alone", () => {
  // Put together here, so that this file does not hold what it looks for.
  const words = [
    ["shared", "/(?:design|fixtures|hooks)"],
    ["/work", "/(?:main|shared)"],
    ["\\b[Ii]ssue", " #?\\d"],
    ["\\bissues", " show\\b"],
    ["\\b(?:SPEC|DESIGN|FACTS)", "(?:\\.md|,? (?:section )?\\d)"],
    ["\\binter", "im:"],
  ];
  const forbidden = new RegExp(words.map(([start, end]) => `${start}${end}`).join("|"));
  const texts = ["src", "scripts", "docs", ".ci"]
    .flatMap((folder) => listFiles(folder))
    .filter((path) => !/\.(?:png|ico|woff2?|jar|class)$/.test(path));
  const roots = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    ".env.example",
    "package.json",
    "next.config.mjs",
    "vitest.config.ts",
  ];
  const found = [...texts, ...roots].flatMap((path) => {
    const lines = read(path).split("\n");
    return lines.flatMap((line, index) =>
      forbidden.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 100)}`] : [],
    );
  });
  expect(found).toEqual([]);
});
