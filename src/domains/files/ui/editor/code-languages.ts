import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { properties } from "@codemirror/legacy-modes/mode/properties";
import { toml } from "@codemirror/legacy-modes/mode/toml";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import type { TextLanguage } from "./language-of";

/** Lines of a game's log: when, who and how bad; what a stack trace is. */
const log = StreamLanguage.define<{ isTrace: boolean }>({
  startState: () => ({ isTrace: false }),
  token(stream, state) {
    if (stream.sol()) state.isTrace = /^\s+at |^Caused by:/.test(stream.string);
    if (state.isTrace) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match(/^\[?\d\d:\d\d:\d\d(?:\.\d+)?\]?|^\d{4}-\d\d-\d\d[T ]/)) return "number";
    if (stream.match(/^(?:ERROR|FATAL|SEVERE)\b/)) return "invalid";
    if (stream.match(/^WARN(?:ING)?\b/)) return "keyword";
    if (stream.match(/^(?:INFO|DEBUG|TRACE)\b/)) return "atom";
    if (stream.match(/^"(?:[^"\\]|\\.)*"/)) return "string";
    if (!stream.match(/^[A-Za-z0-9_.$]+/)) stream.next();
    return null;
  },
});

export function languageExtension(language: TextLanguage): Extension {
  if (language === "json") return json();
  if (language === "yaml") return yaml();
  if (language === "toml") return StreamLanguage.define(toml);
  if (language === "properties") return StreamLanguage.define(properties);
  return language === "log" ? log : [];
}

/** The colours of the page's own tokens: they follow the theme by themselves. */
export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: "var(--primary)" },
    { tag: [tags.string, tags.special(tags.string), tags.attributeValue], color: "var(--code-string)" },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-value)" },
    { tag: [tags.keyword, tags.typeName, tags.heading], color: "var(--warning)" },
    { tag: [tags.comment, tags.meta], color: "var(--muted-foreground)" },
    { tag: tags.invalid, color: "var(--destructive)" },
  ]),
);
