/** Why an extra JVM argument is not taken, in English; the pages have the same in the reader's language. */
export const jvmRefusals = {
  argumentFile: "An argument file could hold any other argument.",
  agent: "Agents and debuggers run code of their own in the server.",
  memory: "Memory is set by the server's memory setting.",
  command: "The JVM would run a command of its own.",
  optionsFile: "A file of options could hold any other argument.",
  program: "What is run is decided by the server's type and version.",
  eula: "The EULA can only be accepted in its own place.",
  management: "Remote management would open a port.",
  tooMany: "There are too many arguments.",
  tooLong: "An argument can have at most 500 characters.",
  characters: "Only printable ASCII characters are allowed.",
  unknownFlag: "This flag is not on the list of safe ones.",
  notANumber: "Its value must be a number.",
  notAWord: "Its value is none of those that it can have.",
  outsideFolder: "Its file must be inside the server's folder.",
  unknownProperty: "This system property is not on the list of safe ones.",
  notPlain: "Its value must be a plain word or number.",
  unknown: "This argument is not on the list of safe ones.",
  collector: "The chosen preset decides about the garbage collector.",
} as const;
export type JvmRefusal = keyof typeof jvmRefusals;

export function isJvmRefusal(value: unknown): value is JvmRefusal {
  return typeof value === "string" && Object.hasOwn(jvmRefusals, value);
}
