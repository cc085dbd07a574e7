import type { ParsedLogLine } from "../../console/server/parse-log-line";

/** What a line of a server's log says about who is there. */
export type PlayerLine =
  | { kind: "uuid"; name: string; uuid: string }
  /** Both lines of one arrival say it: that of the connection, and the one that everybody sees. */
  | { kind: "joined"; name: string; formerly: string | null }
  | { kind: "left"; name: string }
  /** The game begins: nobody is there from before. */
  | { kind: "begun" };

/** As the game has it, and with the dot or star that bridges to other editions put before it. */
const name = "([.*]?[A-Za-z0-9_]{1,16})";
const uuidLine = new RegExp(`^UUID of player ${name} is ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`);
const connected = new RegExp(`^${name}\\[[^\\]]*\\] logged in with entity id \\d+ at \\(`);
const joined = new RegExp(`^${name}(?: \\(formerly known as ${name}\\))? joined the game$`);
const left = new RegExp(`^${name} (?:left the game$|lost connection: )`);
const begun = /^Starting minecraft server version \S/;
const colours = /§[0-9a-fk-orx]/gi;

/**
 * Reads one line. Every pattern begins where the message begins: what players write has a mark before it (`<name>`, `[name]`, `* name`), and
 * so never counts, whatever it says.
 */
export function parsePlayerLine({ message, timeOfDay }: ParsedLogLine): PlayerLine | null {
  // Without a time it is what a program has printed, or the rest of a message of several lines.
  if (timeOfDay === null) return null;
  const plain = message.includes("§") ? message.replace(colours, "") : message;
  return read(plain);
}

function read(plain: string): PlayerLine | null {
  if (begun.test(plain)) return { kind: "begun" };
  const identified = uuidLine.exec(plain);
  if (identified?.[1] && identified[2]) return { kind: "uuid", name: identified[1], uuid: identified[2] };
  const arrived = joined.exec(plain);
  if (arrived?.[1]) return { kind: "joined", name: arrived[1], formerly: arrived[2] ?? null };
  const linked = connected.exec(plain);
  if (linked?.[1]) return { kind: "joined", name: linked[1], formerly: null };
  const gone = left.exec(plain);
  return gone?.[1] ? { kind: "left", name: gone[1] } : null;
}
