import { readFileSync } from "node:fs";
import type { z } from "zod";
import { type Setting, settingsTable } from "./settings-table";

type Table = typeof settingsTable;
type Settings = { readonly [Name in keyof Table]: z.output<Table[Name]["schema"]> };

/** All settings, checked. `javaPaths` holds `JAVA_<n>_PATH` by major. */
export type Env = Settings & {
  readonly javaPaths: Readonly<Record<number, string>>;
  /** Where a Java may be looked for beside the usual places. */
  readonly javaSearch: { readonly javaHome?: string; readonly path?: string; readonly homeFolder?: string };
  /** What any program of this system needs to run: where the system is, and where programs are. */
  readonly systemEnv: Record<string, string>;
  /** Socket of the ssh agent, for an engine behind ssh://. */
  readonly sshAgent: string | null;
  readonly isProduction: boolean;
};

/** Every wrong variable at once, one line each. */
export class EnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "EnvError";
  }
}

/** Reads and checks the environment. Throws EnvError; never prints a secret's value. */
export function parseEnv(source: NodeJS.ProcessEnv): Env {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(settingsTable)) {
    const raw = readRaw(source, name, setting, problems);
    const result = setting.schema.safeParse(raw);
    if (result.success) values[name] = result.data;
    else problems.push(describeProblem(name, setting, raw, result.error.issues[0]?.message ?? "is not valid"));
  }
  if (problems.length === 0 && Boolean(values.ADMIN_USERNAME) !== Boolean(values.ADMIN_PASSWORD)) {
    problems.push("ADMIN_USERNAME and ADMIN_PASSWORD belong together: set both (or ADMIN_PASSWORD_FILE), or neither.");
  }
  if (problems.length === 0 && Boolean(values.DOCKER_REGISTRY_USERNAME) !== Boolean(values.DOCKER_REGISTRY_PASSWORD)) {
    problems.push("DOCKER_REGISTRY_USERNAME and DOCKER_REGISTRY_PASSWORD belong together: set both, or neither.");
  }
  if (problems.length > 0) throw new EnvError(problems);
  const checked: unknown = {
    ...values,
    javaPaths: readJavaPaths(source),
    javaSearch: { javaHome: source.JAVA_HOME || undefined, path: source.PATH, homeFolder: source.HOME || undefined },
    systemEnv: readSystemEnv(source),
    sshAgent: source.SSH_AUTH_SOCK || null,
    isProduction: source.NODE_ENV === "production",
  };
  return checked as Env;
}

/** The one place that looks at the process's own environment. */
export function readEnv(): Env {
  return parseEnv(process.env);
}

function readRaw(
  source: NodeJS.ProcessEnv,
  name: string,
  setting: Setting<unknown>,
  problems: string[],
): string | undefined {
  const direct = source[name] === "" ? undefined : source[name];
  const file = setting.isSecret ? source[`${name}_FILE`] : undefined;
  if (!file) return direct;
  if (direct !== undefined) problems.push(`${name} and ${name}_FILE are both set: keep one of them.`);
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    problems.push(`${name}_FILE: the file ${file} cannot be read. Check its path and rights.`);
    return undefined;
  }
}

function describeProblem(name: string, setting: Setting<unknown>, raw: string | undefined, fault: string): string {
  const given = setting.isSecret ? "" : ` (given: ${JSON.stringify(raw ?? "").slice(0, 80)})`;
  return `${name} ${fault}${given}. Example: ${name}=${setting.example}`;
}

function readSystemEnv(source: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ["PATH", "SystemRoot", "TEMP", "TMP", "COMSPEC"]) {
    const value = source[name];
    if (value) found[name] = value;
  }
  return found;
}

function readJavaPaths(source: NodeJS.ProcessEnv): Record<number, string> {
  const paths: Record<number, string> = {};
  for (const [name, value] of Object.entries(source)) {
    const major = /^JAVA_(\d{1,2})_PATH$/.exec(name)?.[1];
    if (major && value) paths[Number(major)] = value;
  }
  return paths;
}

/** next-auth takes its own address from the forwarded headers, which main.ts writes itself on every request. */
export function prepareNextAuth(): void {
  process.env.AUTH_TRUST_HOST = "true";
}

/** Next takes its configuration from here, when it is there, and then does not load `next.config.mjs` (as in its own standalone server). */
export function setNextConfig(config: object): void {
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
}
