import { numberFlags, pathFlags, plainProperties, propertyFamilies, switchFlags, wordFlags } from "./jvm-flags";
import { type JvmRefusal, jvmRefusals } from "./jvm-refusals";

export type JvmArgsCheck = { ok: true } | { ok: false; argument: string; rule: JvmRefusal; reason: string };

const maxArguments = 100;
const maxLength = 500;

/** Options that are refused with a reason of their own, because people do try them. Everything unknown is refused as well. */
const knownRefusals: readonly (readonly [RegExp, JvmRefusal])[] = [
  [/^@/, "argumentFile"],
  [/^-javaagent|^-agent(lib|path)|^-Xrun|^-Xdebug/, "agent"],
  [/^-Xm[xs]|^-XX:(Max|Initial|Min)(Heap|RAM)|^-XX:\w*RAM/, "memory"],
  [/^-XX:[+-]?On\w*Error/, "command"],
  [/^-XX:(Flags|VMOptionsFile)/, "optionsFile"],
  [/^-(cp|classpath|jar|p)$|^--?(class|module)-?path/, "program"],
  [/^-Dcom\.mojang\.eula\.agree/, "eula"],
  [/^-Dcom\.sun\.management/, "management"],
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
    return refuse(args[maxArguments] ?? "", "tooMany");
  }
  for (const argument of args) {
    const rule = findFault(argument);
    if (rule !== null) return refuse(argument, rule);
  }
  return { ok: true };
}

function refuse(argument: string, rule: JvmRefusal): JvmArgsCheck {
  return { ok: false, argument, rule, reason: jvmRefusals[rule] };
}

function findFault(argument: string): JvmRefusal | null {
  if (argument.length > maxLength) return "tooLong";
  if (!/^[\u0020-\u007e]+$/.test(argument)) return "characters";
  for (const [pattern, rule] of knownRefusals) if (pattern.test(argument)) return rule;
  if (plainForms.some((form) => form.test(argument))) return null;
  if (argument.startsWith("-XX:")) return findFlagFault(argument.slice(4));
  if (argument.startsWith("-D")) return findPropertyFault(argument.slice(2));
  return "unknown";
}

function findFlagFault(flag: string): JvmRefusal | null {
  const unknown = "unknownFlag";
  if (/^[+-]/.test(flag)) return switchFlags.has(flag.slice(1)) ? null : unknown;
  const [name = "", value = ""] = splitOnce(flag);
  if (numberFlags.has(name)) return /^\d{1,12}(\.\d{1,6})?[kKmMgG]?$/.test(value) ? null : "notANumber";
  const words = wordFlags.get(name);
  if (words) return words.includes(value) ? null : "notAWord";
  if (pathFlags.has(name)) return isInsideFolder(value) ? null : "outsideFolder";
  return unknown;
}

function findPropertyFault(property: string): JvmRefusal | null {
  const [name = "", value = ""] = splitOnce(property);
  if (name === "using.aikars.flags" && value === "https://mcflags.emc.gs") return null;
  const isFamily = propertyFamilies.some((family) => name.startsWith(family) && /^[\w-]+(\.[\w-]+)+$/.test(name));
  if (!plainProperties.has(name) && !isFamily) return "unknownProperty";
  return /^(?!.*\.\.)[\w.,:+-]{0,200}$/.test(value) ? null : "notPlain";
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** A relative path of plain names (`%p` is the process id), which the JVM resolves against its working directory. */
function isInsideFolder(path: string): boolean {
  return /^(\.\/)?([\w%-][\w.%-]*\/)*[\w%-][\w.%-]*$/.test(path);
}
