/* biome-ignore-all lint/suspicious/noControlCharactersInRegex: finding control characters is the point */

/** Escape sequences: CSI, then string sequences with their terminator (OSC, DCS, SOS, PM, APC), then any other ESC x. */
const escapes =
  /\u001b\[([0-9:;<=>?]*)([ -/]*)([@-~])|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]?/g;

/** C0 (but for tab), DEL, C1, line separators and the marks that turn the reading direction. */
const controls =
  /[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const minecraftCodes = /§(?:x(?:§[0-9a-f]){6}|[0-9a-fk-orx])/gi;

const unwanted = new Set(["5", "6", "8"]);

/** Colour and weight only: blinking (5, 6) and hidden text (8) are left out, the numbers inside a colour are not. */
function safeColours(parameters: string): string {
  if (!/^[0-9;:]{0,64}$/.test(parameters)) return "";
  const parts = parameters.split(";");
  const kept: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] ?? "";
    if (part === "38" || part === "48") {
      const length = parts[at + 1] === "2" ? 5 : 3;
      kept.push(...parts.slice(at, at + length));
      at += length - 1;
    } else if (!unwanted.has(String(Number(part)))) kept.push(part);
  }
  return kept.length === 0 ? "" : `\u001b[${kept.join(";")}m`;
}

/**
 * Takes everything out of a log line that could move the cursor, set a title, hide or reverse text.
 * What is left: printable text, tabs, and SGR colour sequences.
 */
export function cleanLogText(text: string): string {
  const coloursOnly = text.replace(escapes, (_whole, parameters?: string, between?: string, final?: string) =>
    final === "m" && between === "" ? safeColours(parameters ?? "") : "",
  );
  return coloursOnly.replace(controls, "").replace(/\u001b(?!\[[0-9;:]*m)/g, "");
}

/** The text alone, without any colour: for searching, copying and screen readers. */
export function plainLogText(text: string): string {
  return cleanLogText(text)
    .replace(/\u001b\[[0-9;:]*m/g, "")
    .replace(minecraftCodes, "");
}
