import { knownCommands } from "./known-commands";

/** What can stand in place of the last word of `typed`: commands first, then what follows them. At most `limit`. */
export function completeCommand(typed: string, players: readonly string[], limit = 12): string[] {
  const words = typed.replace(/^\s*\/?/, "").split(/ +/);
  const last = (words.at(-1) ?? "").toLowerCase();
  const matching = (choices: readonly string[]) =>
    choices.filter((choice) => choice.toLowerCase().startsWith(last) && choice.toLowerCase() !== last).slice(0, limit);
  if (words.length === 1) return last === "" ? [] : matching(Object.keys(knownCommands));
  const place = knownCommands[(words[0] ?? "").toLowerCase()]?.[words.length - 2];
  if (place === undefined || place === "any") return [];
  return matching(place === "player" ? players : place);
}

/** The line with its last word replaced by the chosen one, ready for the next word. */
export function applyCompletion(typed: string, choice: string): string {
  const start = typed.lastIndexOf(" ") + 1;
  const slash = start === 0 && typed.startsWith("/") ? "/" : "";
  return `${typed.slice(0, start)}${slash}${choice} `;
}
