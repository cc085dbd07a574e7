export interface PingAnswer {
  version: { name: string; protocol: number | null };
  /** Null when the server keeps it to itself. */
  online: number | null;
  max: number | null;
  /** Some of who is online, as the server likes to tell; plugins write anything here. At most 100. */
  sample: { name: string; id: string }[];
  /** Plain text: no colours, no markup. */
  motd: string;
  hasFavicon: boolean;
  /** From the question to the whole answer, in ms. */
  latencyMs: number;
}

const maxSample = 100;
const maxNameChars = 64;
const maxMotdChars = 1000;
const maxDepth = 32;

/**
 * Reads the JSON of a status response. Everything in it is the server's word: unknown shapes count as absent. Throws only
 * when the whole is no JSON object.
 */
export function readPingAnswer(json: string): Omit<PingAnswer, "latencyMs"> {
  const status: unknown = JSON.parse(json);
  if (!isRecord(status)) throw new TypeError("not an object");
  const version = isRecord(status.version) ? status.version : {};
  const players = isRecord(status.players) ? status.players : {};
  return {
    version: { name: text(version.name, maxNameChars), protocol: wholeNumber(version.protocol) },
    online: wholeNumber(players.online),
    max: wholeNumber(players.max),
    sample: readSample(players.sample),
    motd: flatten(status.description),
    hasFavicon: typeof status.favicon === "string" && status.favicon.startsWith("data:image/png;base64,"),
  };
}

function readSample(sample: unknown): PingAnswer["sample"] {
  if (!Array.isArray(sample)) return [];
  return sample
    .slice(0, maxSample)
    .filter(isRecord)
    .map((player) => ({ name: withoutCodes(text(player.name, maxNameChars)), id: text(player.id, maxNameChars) }))
    .filter((player) => player.name !== "");
}

/** The text of a component: a string, a list of them, or an object with text or a translation key and more in `extra`. */
function flatten(component: unknown): string {
  let room = maxMotdChars;
  const parts: string[] = [];
  const add = (node: unknown, depth: number) => {
    if (room <= 0 || depth > maxDepth) return;
    if (typeof node === "string" || typeof node === "number") {
      const part = String(node).slice(0, room);
      room -= part.length + 1;
      parts.push(part);
    } else if (Array.isArray(node)) {
      for (const child of node.slice(0, maxMotdChars)) add(child, depth + 1);
    } else if (isRecord(node)) {
      add(node.text ?? node.fallback ?? node.translate, depth + 1);
      add(node.extra, depth + 1);
    }
  };
  add(component, 0);
  return withoutCodes(parts.join(""));
}

function withoutCodes(text: string): string {
  return text.replace(/§./gsu, "");
}

function text(value: unknown, maxChars: number): string {
  return typeof value === "string" ? value.slice(0, maxChars) : "";
}

function wholeNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
