/** How fast a server ticks: ticks per second, and milliseconds that one tick works. */
export interface TickReport {
  tps: number | null;
  mspt: number | null;
}

/** Colours and formats of Bukkit's answers. */
const plain = (reply: string) => reply.replace(/§./g, "");
/** The decimal separator may be that of the server's locale. */
const toNumber = (text: string | undefined) => (text === undefined ? null : Number(text.replace(",", ".")));

/**
 * `tick query` (1.20.3 and later). The game tells the time a tick works and the rate that it aims at: it ticks at that rate, or
 * as often as such ticks fit into a second. Null: this is no answer to it.
 */
export function parseTickQuery(reply: string): TickReport | null {
  const text = plain(reply);
  const mspt = toNumber(/Average time per tick: (\d+(?:[.,]\d+)?) ?ms/.exec(text)?.[1]);
  const target = toNumber(/Target tick rate: (\d+(?:[.,]\d+)?) per second/.exec(text)?.[1]);
  if (mspt === null || target === null) return null;
  if (text.includes("The game is frozen")) return { tps: 0, mspt };
  const possible = mspt > 0 ? 1000 / mspt : target;
  return { tps: text.includes("sprinting") ? possible : Math.min(target, possible), mspt };
}

/** `tps` of Paper and Purpur: averages of one minute or, where it tells them, of less. */
export function parsePaperTps(reply: string): number | null {
  return toNumber(/TPS from last [^:]+: *\*?(\d+(?:[.,]\d+)?)/.exec(plain(reply))?.[1]);
}

/** `mspt` of Paper and Purpur: the average of the last five seconds. */
export function parsePaperMspt(reply: string): number | null {
  return toNumber(/Server tick times [^:]+:\s*(?:◴\s*)?(\d+(?:[.,]\d+)?)\//.exec(plain(reply))?.[1]);
}

/** `forge tps`: all dimensions together. The parts of the answer may come without line ends between them. */
export function parseForgeTps(reply: string): TickReport | null {
  const overall = plain(reply).split("Overall").at(-1) ?? "";
  const [, mspt, tps] = /Mean tick time: (\d+(?:[.,]\d+)?) ?ms\. Mean TPS: (\d+(?:[.,]\d+)?)/.exec(overall) ?? [];
  return mspt === undefined ? null : { tps: toNumber(tps), mspt: toNumber(mspt) };
}
