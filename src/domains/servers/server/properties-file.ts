/**
 * Java's .properties as server.properties uses it: `key=value`, `#` and `!` comments, backslash escapes. Order, comments and
 * unknown keys survive an edit. Values are written in ASCII with \uXXXX, which every Minecraft version reads.
 */
export function parseProperties(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const entry = splitEntry(line);
    if (entry) found.set(entry.key, entry.value);
  }
  return found;
}

/** The text with the given keys set: changed in place where they stand, appended where they are new; null removes a key. */
export function editProperties(text: string, changes: ReadonlyMap<string, string | null>): string {
  const pending = new Map(changes);
  const lines: string[] = [];
  for (const line of logicalLines(text)) {
    const key = splitEntry(line)?.key;
    if (key === undefined || !changes.has(key)) lines.push(line);
    else if (pending.has(key)) {
      const value = pending.get(key);
      if (value != null) lines.push(formatEntry(key, value));
      pending.delete(key);
    }
  }
  while (lines.at(-1)?.trim() === "") lines.pop();
  for (const [key, value] of pending) if (value !== null) lines.push(formatEntry(key, value));
  return `${lines.join("\n")}\n`;
}

/** Physical lines, with continued ones (odd number of trailing backslashes) joined. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let held: string | null = null;
  for (const physical of text.split(/\r\n|\n|\r/)) {
    const line: string = held === null ? physical : held + physical.trimStart();
    const isComment = held === null && /^[ \t\f]*[#!]/.test(line);
    const trailing = /\\*$/.exec(line)?.[0].length ?? 0;
    if (!isComment && trailing % 2 === 1) held = line.slice(0, -1);
    else {
      lines.push(line);
      held = null;
    }
  }
  if (held !== null) lines.push(held);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function splitEntry(line: string): { key: string; value: string } | null {
  const text = line.replace(/^[ \t\f]+/, "");
  if (text === "" || text[0] === "#" || text[0] === "!") return null;
  let end = 0;
  while (end < text.length && !/[=: \t\f]/.test(text.charAt(end))) end += text[end] === "\\" ? 2 : 1;
  const rest = text.slice(end).replace(/^[ \t\f]*[=:]?[ \t\f]*/, "");
  return { key: decodeEscapes(text.slice(0, end)), value: decodeEscapes(rest) };
}

const controls: Record<string, string> = { t: "\t", n: "\n", r: "\r", f: "\f" };

function decodeEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]?))/g, (_, hex?: string, single?: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (controls[single ?? ""] ?? single ?? ""),
  );
}

function formatEntry(key: string, value: string): string {
  return `${encode(key, true)}=${encode(value, false)}`;
}

const named: Record<string, string> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f", "\\": "\\\\" };

function encode(text: string, isKey: boolean): string {
  const special = text.replace(/[\t\n\r\f\\]/g, (char) => named[char] ?? char);
  const marked = isKey ? special.replace(/[=:#! ]/g, "\\$&") : special.replace(/^ /, "\\ ").replace(/[=:#!]/g, "\\$&");
  return marked.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
