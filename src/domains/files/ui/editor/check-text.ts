import { type ParseError, parse as parseJson, printParseErrorCode } from "jsonc-parser";
import { parse as parseToml, TomlError } from "smol-toml";
import { parseDocument } from "yaml";
import type { TextLanguage } from "./language-of";

export interface TextFault {
  /** Offset in the text. */
  from: number;
  /** From 1. */
  line: number;
  column: number;
  isWarning: boolean;
  message: string;
}

const mostFaults = 100;

/** What is wrong with a text of that kind, in the order of its places. Words are the parsers' own, in English. */
export function checkText(language: TextLanguage, text: string): TextFault[] {
  const found = check(language, text).slice(0, mostFaults);
  return found.map((fault) => ({ ...fault, ...placeOf(text, fault.from) }));
}

type Found = Pick<TextFault, "from" | "message" | "isWarning">;

function check(language: TextLanguage, text: string): Found[] {
  if (text.trim() === "") return [];
  if (language === "json") return checkJson(text);
  if (language === "yaml") return checkYaml(text);
  if (language === "toml") return checkToml(text);
  return language === "properties" ? checkProperties(text) : [];
}

function checkJson(text: string): Found[] {
  const errors: ParseError[] = [];
  parseJson(text, errors, { disallowComments: true, allowTrailingComma: false });
  return errors.map(({ error, offset }) => ({
    from: Math.min(offset, text.length),
    isWarning: false,
    message: printParseErrorCode(error).replace(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`),
  }));
}

function checkYaml(text: string): Found[] {
  const { errors, warnings } = parseDocument(text, { prettyErrors: false, strict: true, uniqueKeys: true });
  return [...errors, ...warnings].map((error) => ({
    from: error.pos[0],
    isWarning: error.name === "YAMLWarning",
    message: error.message,
  }));
}

function checkToml(text: string): Found[] {
  try {
    parseToml(text);
    return [];
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const lines = text.split("\n");
    const before = lines.slice(0, error.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    const [message = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    return [{ from: Math.min(before + error.column - 1, text.length), isWarning: false, message }];
  }
}

/** Half an escape is an error to Java; of a key that stands twice, it takes the last. */
function checkProperties(text: string): Found[] {
  const found: Found[] = [];
  const keys = new Map<string, number>();
  let from = 0;
  for (const line of text.split("\n")) {
    const bad = /\\u(?![0-9a-fA-F]{4})/.exec(line);
    const isComment = /^\s*[#!]/.test(line);
    if (bad && !isComment)
      found.push({ from: from + bad.index, isWarning: false, message: "Malformed \\uXXXX escape" });
    const key = isComment ? undefined : /^\s*((?:\\.|[^\s=:\\])+)\s*[=: ]/.exec(line)?.[1];
    if (key !== undefined) {
      if (keys.has(key)) found.push({ from, isWarning: true, message: `Duplicate key: ${key}` });
      keys.set(key, from);
    }
    from += line.length + 1;
  }
  return found;
}

function placeOf(text: string, from: number): { line: number; column: number } {
  const before = text.slice(0, from);
  return { line: before.split("\n").length, column: from - before.lastIndexOf("\n") };
}
