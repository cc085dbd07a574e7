const opening = /\/\/|\/\*|["'`]|\/(?![*/])/y;

/**
 * The text with its comments and the contents of its template strings blanked out, every character else in its place.
 * Knows strings and regular expressions, so that a `//` inside them is no comment; JSX text is taken as code.
 */
export function maskComments(text: string): string {
  let masked = "";
  let at = 0;
  while (at < text.length) {
    opening.lastIndex = at;
    const found = opening.exec(text)?.[0];
    const end = found === undefined ? at + 1 : endOf(text, at, found);
    const part = text.slice(at, end);
    masked += found === "//" || found === "/*" || found === "`" ? part.replace(/[^\n]/g, " ") : part;
    at = end;
  }
  return masked;
}

function endOf(text: string, at: number, found: string): number {
  if (found === "//") return after(text.indexOf("\n", at), text.length);
  if (found === "/*") return after(text.indexOf("*/", at + 2), text.length - 2) + 2;
  if (found === "`") return endOfTemplate(text, at);
  if (found === "/") return endOfRegex(text, at);
  return endOfString(text, at, found);
}

function after(index: number, otherwise: number): number {
  return index < 0 ? otherwise : index;
}

/** A quote without a partner on its line is an apostrophe of JSX text. */
function endOfString(text: string, at: number, quote: string): number {
  for (let index = at + 1; index < text.length && text[index] !== "\n"; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === quote) return index + 1;
  }
  return at + 1;
}

function endOfTemplate(text: string, at: number): number {
  let depth = 0;
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (depth === 0 && text[index] === "`") return index + 1;
    else if (text.startsWith("${", index)) depth++;
    else if (depth > 0 && text[index] === "}") depth--;
    else if (depth > 0 && text[index] === "`") index = endOfTemplate(text, index) - 1;
  }
  return text.length;
}

/** After a value a slash divides; otherwise it opens a regular expression, which ends on its line. */
function endOfRegex(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  const isDivision = /[\w$)\]}"'`<]$/.test(before) && !/\b(?:return|typeof|case|in|of|await|yield)$/.test(before);
  if (isDivision) return at + 1;
  let isInClass = false;
  for (let index = at + 1; index < text.length && text[index] !== "\n"; index++) {
    const character = text[index];
    if (character === "\\") index++;
    else if (character === "[") isInClass = true;
    else if (character === "]") isInClass = false;
    else if (character === "/" && !isInClass) return index + 1;
  }
  return at + 1;
}
