import { type Setting, settingsTable } from "@/server/settings-table";

const head = `# Settings of mcsd. Each line below is a default: remove the "#" and change the value.
# Copy this file to .env, which npm start reads (Node 20.12 or newer), or set the variables in the environment, which wins.
# An empty value counts as not set. A bad value stops mcsd at the start with one line that names the variable.
# What follows a variable named NAME_FILE is the path of a file that holds the value of NAME, such as a Docker secret.
`;

const javaPart = `# Where one Java is, by its major version: JAVA_8_PATH, JAVA_17_PATH, JAVA_21_PATH, JAVA_25_PATH and so on. The value is the
# path of the program itself. Left out: mcsd looks in the usual places (/usr/lib/jvm, JAVA_HOME, SDKMAN, the data folder).
# Example: /usr/lib/jvm/temurin-21-jre/bin/java
# JAVA_21_PATH=
`;

/** The text of .env.example: every setting with what it is for, its default, and its file form where it is a secret. */
export function renderEnvExample(): string {
  const settings = Object.entries<Setting<unknown>>(settingsTable);
  return [head, ...settings.map(([name, setting]) => renderSetting(name, setting)), javaPart].join("\n");
}

function renderSetting(name: string, { schema, example, about, isSecret }: Setting<unknown>): string {
  const value = writeValue(schema.parse(undefined));
  const lines = [`# ${about}`];
  if (value !== example) lines.push(`# Example: ${example}`);
  if (isSecret) lines.push(`# ${name}_FILE=`);
  lines.push(`# ${name}=${value}`);
  return `${lines.join("\n")}\n`;
}

/** The text that is read as this value. */
function writeValue(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (value instanceof URL) return value.href.replace(/\/$/, "");
  if (!Array.isArray(value)) return String(value);
  const isRange = value.length === 2 && value.every((part) => typeof part === "number");
  return value.join(isRange ? "-" : ",");
}
