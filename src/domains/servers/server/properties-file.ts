/**
 * Java's .properties as server.properties uses it: `key=value`, `#` and `!` comments, backslash escapes. Every line that is not
 * changed stays as it is, byte for byte. Values are written in ASCII with \uXXXX, which every Minecraft version reads.
 */
export function parseProperties(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { line } of logicalLines(text)) {
    const entry = splitEntry(line);
    if (entry) found.set(entry.key, entry.value);
  }
  return found;
}

/** The text with the given keys set: changed in place where they stand, appended where they are new; null removes a key. */
export function editProperties(text: string, changes: ReadonlyMap<string, string | null>): string {
  const pending = new Map(changes);
  const lines = logicalLines(text);
  const lineEnd = lines.find(({ end }) => end !== "")?.end ?? "\n";
  let edited = "";
  let last: LogicalLine | undefined;
  for (const line of lines) {
    const key = splitEntry(line.line)?.key;
    if (key === undefined || !changes.has(key)) {
      edited += line.raw;
      last = line;
      continue;
    }
    const value = pending.get(key);
    pending.delete(key);
    if (value == null) continue;
    edited += formatEntry(key, value) + (line.end || lineEnd);
    last = undefined;
  }
  const added = [...pending].flatMap(([key, value]) => (value === null ? [] : formatEntry(key, value) + lineEnd));
  if (added.length === 0) return edited;
  if (last?.end === "") edited += lineEnd;
  // A backslash at the very end would make what follows its continuation: an empty line ends it. After \r a \n alone would be no line.
  if (last?.isOpen) edited += edited.endsWith("\r") && lineEnd === "\n" ? "\r" : lineEnd;
  return edited + added.join("");
}

/**
 * The same on the bytes of a file, whatever their encoding: keys are ASCII, so each byte can stand for a character.
 */
export function editPropertiesBytes(bytes: Buffer, changes: ReadonlyMap<string, string | null>): Buffer {
  return Buffer.from(editProperties(bytes.toString("latin1"), changes), "latin1");
}

interface LogicalLine {
  /** Physical lines, with continued ones (odd number of trailing backslashes) joined. */
  line: string;
  /** As it stands in the file, with its end. */
  raw: string;
  /** Line end; empty at the end of the file. */
  end: string;
  /** The file ends where a continuation was announced. */
  isOpen: boolean;
}

function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let held: Pick<LogicalLine, "line" | "raw"> | null = null;
  for (const [physical = "", content = "", end = ""] of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    if (physical === "") continue;
    const line: string = held === null ? content : held.line + content.replace(/^[ \t\f]+/, "");
    const raw: string = (held?.raw ?? "") + physical;
    const isComment = held === null && /^[ \t\f]*[#!]/.test(line);
    const trailing = /\\*$/.exec(content)?.[0].length ?? 0;
    const isContinued = !isComment && trailing % 2 === 1;
    if (isContinued) held = { line: line.slice(0, -1), raw };
    else {
      lines.push({ line, raw, end, isOpen: false });
      held = null;
    }
  }
  if (held !== null) lines.push({ ...held, end: /(?:\r\n|\n|\r)$/.exec(held.raw)?.[0] ?? "", isOpen: true });
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
