import { numberFlags, pathFlags, plainProperties, propertyFamilies, switchFlags, wordFlags } from "./jvm-flags";

export type JvmArgsCheck = { ok: true } | { ok: false; argument: string; reason: string };

const maxArguments = 100;
const maxLength = 500;

/** Options that are refused with a reason of their own, because people do try them. Everything unknown is refused as well. */
const knownRefusals: readonly (readonly [RegExp, string])[] = [
  [/^@/, "An argument file could hold any other argument."],
  [/^-javaagent|^-agent(lib|path)|^-Xrun|^-Xdebug/, "Agents and debuggers run code of their own in the server."],
  [/^-Xm[xs]|^-XX:(Max|Initial|Min)(Heap|RAM)|^-XX:\w*RAM/, "Memory is set by the server's memory setting."],
  [/^-XX:[+-]?On\w*Error/, "The JVM would run a command of its own."],
  [/^-XX:(Flags|VMOptionsFile)/, "A file of options could hold any other argument."],
  [/^-(cp|classpath|jar|p)$|^--?(class|module)-?path/, "What is run is decided by the server's type and version."],
  [/^-Dcom\.mojang\.eula\.agree/, "The EULA can only be accepted in its own place."],
  [/^-Dcom\.sun\.management/, "Remote management would open a port."],
];

/** Argument forms other than -XX and -D. Sizes are bounded by their form: at most nine digits and a unit. */
const plainForms: readonly RegExp[] = [
  /^-X(mn|ss)\d{1,9}[kKmMgG]?$/,
  /^-Xshare:(auto|on|off)$/,
  /^-Xlog:(disable|gc[a-z0-9*+,=]{0,60})(:stdout)?$/,
  /^-(server|verbose:gc)$/,
  /^--add-modules=jdk\.incubator\.vector$/,
  /^--add-(opens|exports)=[a-z][\w.]{0,60}\/[a-z][\w.]{0,100}=ALL-UNNAMED$/,
  /^--enable-native-access=ALL-UNNAMED$/,
  /^--sun-misc-unsafe-memory-access=(allow|warn|deny)$/,
];

/**
 * Checks extra JVM arguments against an allow-list of what is known to be safe; the first that is not on it is named with
 * the reason, in English. Arguments are taken as they are: nothing is split, trimmed or unquoted.
 */
export function checkJvmArgs(args: readonly string[]): JvmArgsCheck {
  if (args.length > maxArguments) {
    return { ok: false, argument: args[maxArguments] ?? "", reason: `There can be at most ${maxArguments} arguments.` };
  }
  for (const argument of args) {
    const reason = findFault(argument);
    if (reason !== null) return { ok: false, argument, reason };
  }
  return { ok: true };
}

function findFault(argument: string): string | null {
  if (argument.length > maxLength) return `An argument can have at most ${maxLength} characters.`;
  if (!/^[\u0020-\u007e]+$/.test(argument)) return "Only printable ASCII characters are allowed.";
  for (const [pattern, reason] of knownRefusals) if (pattern.test(argument)) return reason;
  if (plainForms.some((form) => form.test(argument))) return null;
  if (argument.startsWith("-XX:")) return findFlagFault(argument.slice(4));
  if (argument.startsWith("-D")) return findPropertyFault(argument.slice(2));
  return "This argument is not on the list of safe ones.";
}

function findFlagFault(flag: string): string | null {
  const unknown = "This flag is not on the list of safe ones.";
  if (/^[+-]/.test(flag)) return switchFlags.has(flag.slice(1)) ? null : unknown;
  const [name = "", value = ""] = splitOnce(flag);
  if (numberFlags.has(name))
    return /^\d{1,12}(\.\d{1,6})?[kKmMgG]?$/.test(value) ? null : "Its value must be a number.";
  const words = wordFlags.get(name);
  if (words) return words.includes(value) ? null : `Its value must be one of: ${words.join(", ")}.`;
  if (pathFlags.has(name)) return isInsideFolder(value) ? null : "Its file must be inside the server's folder.";
  return unknown;
}

function findPropertyFault(property: string): string | null {
  const [name = "", value = ""] = splitOnce(property);
  if (name === "using.aikars.flags" && value === "https://mcflags.emc.gs") return null;
  const isFamily = propertyFamilies.some((family) => name.startsWith(family) && /^[\w-]+(\.[\w-]+)+$/.test(name));
  if (!plainProperties.has(name) && !isFamily) return "This system property is not on the list of safe ones.";
  return /^(?!.*\.\.)[\w.,:+-]{0,200}$/.test(value) ? null : "Its value must be a plain word or number.";
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** A relative path of plain names (`%p` is the process id), which the JVM resolves against its working directory. */
function isInsideFolder(path: string): boolean {
  return /^(\.\/)?([\w%-][\w.%-]*\/)*[\w%-][\w.%-]*$/.test(path);
}
