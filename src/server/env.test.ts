// This file is longer than 250 lines because it has one case per setting, all in one table.
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Env, EnvError, parseEnv } from "./env";
import { settingsTable } from "./settings-table";

type Name = keyof typeof settingsTable;
type Variables = Record<string, string>;

interface Case {
  /** With nothing set. */
  default: unknown;
  good: Record<string, unknown>;
  bad: readonly string[];
  fault: RegExp;
  /** Variables that this one cannot do without. */
  beside?: Variables;
}

const address = (text: string) => new URL(text);
const whole = (fallback: number, min: number, max: number): Case => ({
  default: fallback,
  good: { [min]: min, [max]: max },
  bad: [String(min - 1), String(max + 1), "3.5", "1e3", "0x10", "abc", " 5"],
  fault: new RegExp(`must be a whole number from ${min} to ${max}`),
});
const base = (fallback: string): Case => ({
  default: address(fallback),
  good: { "http://127.0.0.1:8080/mirror": address("http://127.0.0.1:8080/mirror") },
  bad: [
    "piston-meta.mojang.com",
    "ftp://a.example",
    "https://user:pw@a.example",
    "https://a.example/?q=1",
    "https://a.example/#x",
  ],
  fault: /must be an http or https address without a query/,
});

const cases: Record<Name, Case> = {
  PORT: whole(3000, 1, 65535),
  HOST: { default: "0.0.0.0", good: { "::1": "::1" }, bad: [], fault: /./ },
  PUBLIC_URL: {
    default: null,
    good: { "https://mc.example.org": address("https://mc.example.org") },
    bad: ["mc.example.org", "ftp://mc.example.org", "javascript:alert(1)"],
    fault: /must be an http or https address/,
  },
  DATA_DIR: { default: "./data", good: { "/var/lib/mcsd": "/var/lib/mcsd" }, bad: [], fault: /./ },
  DATABASE_URL: {
    default: undefined,
    good: { "postgresql://a:b@db:5432/mcsd": "postgresql://a:b@db:5432/mcsd" },
    bad: ["mysql://root:hunter2@db/mcsd", "db.example.org"],
    fault: /must start with postgres:\/\//,
  },
  SECRET_KEY: {
    default: undefined,
    good: { [`k3y-${"x".repeat(28)}`]: `k3y-${"x".repeat(28)}` },
    bad: ["hunter2-is-too-short"],
    fault: /must have at least 32 characters/,
  },
  ADMIN_USERNAME: {
    default: undefined,
    good: { admin: "admin" },
    bad: [],
    fault: /./,
    beside: { ADMIN_PASSWORD: "a long passphrase" },
  },
  ADMIN_PASSWORD: {
    default: undefined,
    good: { "correct horse battery": "correct horse battery" },
    bad: ["hunter2"],
    fault: /must have at least 8 characters/,
    beside: { ADMIN_USERNAME: "admin" },
  },
  ALLOWED_ORIGINS: {
    default: [],
    good: { "https://a.example, http://b.example:8080": ["https://a.example", "http://b.example:8080"] },
    bad: ["*", "https://a.example/", "https://a.example/path", "a.example", "https://*.example"],
    fault: /must be an origin such as/,
  },
  TRUSTED_PROXIES: {
    default: [],
    good: { "127.0.0.1, 10.0.0.0/8,": ["127.0.0.1", "10.0.0.0/8"] },
    bad: [],
    fault: /./,
  },
  ACCESS_TOKEN_EXPIRE_MINUTES: whole(30, 1, 1440),
  REFRESH_TOKEN_EXPIRE_DAYS: whole(30, 1, 365),
  SINGLE_SESSION: {
    default: true,
    good: { false: false, true: true },
    bad: ["yes", "0", "TRUE"],
    fault: /must be true or false/,
  },
  DEFAULT_LAUNCH_STRATEGY: {
    default: "host",
    good: { dood: "dood", dind: "dind" },
    bad: ["docker", "HOST"],
    fault: /must be host, dind or dood/,
  },
  DOCKER_HOST: {
    default: undefined,
    good: { "unix:///run/docker.sock": "unix:///run/docker.sock", "ssh://me@host": "ssh://me@host" },
    bad: ["/var/run/docker.sock", "ftp://host", "tcp://a b"],
    fault: /must begin with unix:\/\//,
  },
  DOCKER_TLS_VERIFY: { default: false, good: { "1": true, "0": false }, bad: ["yes"], fault: /must be 1 or 0/ },
  DOCKER_CERT_PATH: { default: undefined, good: { "/etc/mcsd/docker": "/etc/mcsd/docker" }, bad: [], fault: /./ },
  MINECRAFT_IMAGE: {
    default: "itzg/minecraft-server",
    good: { "registry.example.org:5000/a/b:java21": "registry.example.org:5000/a/b:java21" },
    bad: ["Upper/case", "a b", "-v", "a;b"],
    fault: /must be the name of an image/,
  },
  DOCKER_REGISTRY_USERNAME: { default: undefined, good: {}, bad: [], fault: /./ },
  DOCKER_REGISTRY_PASSWORD: { default: undefined, good: {}, bad: [], fault: /./ },
  RATE_LIMIT_PER_MINUTE: whole(60, 1, 1_000_000),
  RATE_LIMIT_USER_PER_MINUTE: whole(600, 1, 1_000_000),
  LOGIN_RATE_LIMIT_PER_MINUTE: whole(10, 1, 1_000_000),
  MAX_UPLOAD_SIZE_MB: whole(100, 1, 1_048_576),
  ARCHIVE_MAX_SIZE_MB: whole(500, 1, 1_048_576),
  ARCHIVE_MAX_FILES: whole(10_000, 1, 10_000_000),
  ARCHIVE_MAX_FILE_SIZE_MB: whole(500, 1, 1_048_576),
  ARCHIVE_MAX_COMPRESSION_RATIO: whole(100, 1, 100_000),
  MAX_BACKUP_RETENTION: whole(30, 1, 10_000),
  MAX_BACKUP_INTERVAL_HOURS: whole(168, 1, 8760),
  BACKUP_SHUTDOWN_TIMEOUT_SECONDS: whole(300, 0, 86_400),
  UPGRADE_HEALTHY_SECONDS: whole(60, 1, 3600),
  UPGRADE_BOOT_TIMEOUT_SECONDS: whole(600, 5, 7200),
  MOJANG_META_URL: base("https://piston-meta.mojang.com"),
  PAPER_API_URL: base("https://fill.papermc.io"),
  MOJANG_API_URL: base("https://api.mojang.com"),
  MOJANG_API_ENABLED: { default: true, good: { false: false }, bad: ["yes", "0"], fault: /must be true or false/ },
  PLAYER_HEAD_URL: {
    default: null,
    good: { "https://a.example/{uuid}.png?size=64": "https://a.example/{uuid}.png?size=64" },
    bad: ["https://a.example/", "ftp://a.example/{uuid}", "https://a.example/{uuid};x", "{uuid}", "https://{uuid} x/"],
    fault: /must be an http or https address that holds/,
  },
  IMPORT_ROOT: {
    default: null,
    good: { "/srv/minecraft": "/srv/minecraft" },
    bad: ["srv", "./srv"],
    fault: /must be an absolute path/,
  },
  FORGE_META_URL: base("https://files.minecraftforge.net"),
  FABRIC_META_URL: base("https://meta.fabricmc.net"),
  NEOFORGE_META_URL: base("https://maven.neoforged.net"),
  PURPUR_API_URL: base("https://api.purpurmc.org"),
  ADOPTIUM_API_URL: base("https://api.adoptium.net"),
  LOG_LEVEL: {
    default: "info",
    good: { trace: "trace", fatal: "fatal" },
    bad: ["verbose", "INFO"],
    fault: /must be trace, debug, info, warn, error or fatal/,
  },
  NEXT_PUBLIC_DEFAULT_LOCALE: { default: "en", good: { ja: "ja" }, bad: ["de", "en-GB"], fault: /must be en or ja/ },
  SERVER_UID_BASE: whole(200_000, 1000, 2_000_000_000),
  PORT_RANGE: {
    default: [25565, 25664],
    good: { "1024-65535": [1024, 65535], "30000-30000": [30000, 30000] },
    bad: ["30000", "30001-30000", "80-90", "1023-2000", "2000-65536", "1024 - 2000", "a-b", "1024-2000-3000"],
    fault: /must be two ports from 1024 to 65535/,
  },
};
const table = Object.entries(cases) as [Name, Case][];

/** An environment with only these variables (Next's types insist on NODE_ENV). */
const parse = (variables: Variables): Env => parseEnv(variables as NodeJS.ProcessEnv);

function problemsOf(variables: Variables): readonly string[] {
  try {
    parse(variables);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
}

it("has a case for every setting", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(settingsTable).sort());
});

it.each(table)("%s: default, good and bad values", (name, { default: fallback, good, bad, fault, beside = {} }) => {
  expect(parse({})[name]).toEqual(fallback);
  expect(parse({ [name]: "" })[name]).toEqual(fallback);
  for (const [text, value] of Object.entries(good)) expect(parse({ ...beside, [name]: text })[name]).toEqual(value);
  const setting: { example: string; isSecret?: boolean } = settingsTable[name];
  for (const text of bad) {
    const [line = "", ...more] = problemsOf({ ...beside, [name]: text }).filter((problem) =>
      problem.startsWith(`${name} `),
    );
    expect(more).toEqual([]);
    expect(line).toMatch(fault);
    expect(line).toContain(`Example: ${name}=${setting.example}`);
    expect(line).not.toContain("\n");
    if (setting.isSecret) expect(line).not.toContain(text);
    else expect(line).toContain(`given: ${JSON.stringify(text)}`);
  }
});

it("tells all problems at once, one line each, and never a secret's value", () => {
  const problems = problemsOf({
    PORT: "x",
    LOG_LEVEL: "loud",
    SECRET_KEY: "hunter2",
    DATABASE_URL: "mysql://root:hunter2@db",
  });
  expect(problems.map((line) => line.split(" ", 1)[0]).sort()).toEqual([
    "DATABASE_URL",
    "LOG_LEVEL",
    "PORT",
    "SECRET_KEY",
  ]);
  expect(problems.join("\n")).not.toContain("hunter2");
});

it("cuts long values short", () => {
  const [line = ""] = problemsOf({ PORT: "9".repeat(100_000) });
  expect(line.length).toBeLessThan(250);
});

it("reads JAVA_<n>_PATH by major, where else to look for Java, and the mode", () => {
  const env = parse({
    JAVA_8_PATH: "/opt/8/bin/java",
    JAVA_21_PATH: "/opt/21/bin/java",
    JAVA_17_PATH: "",
    JAVA_X_PATH: "no",
  });
  expect(env.javaPaths).toEqual({ 8: "/opt/8/bin/java", 21: "/opt/21/bin/java" });
  const search = parse({ JAVA_HOME: "/opt/j", PATH: "/usr/bin", HOME: "/home/a" }).javaSearch;
  expect(search).toEqual({ javaHome: "/opt/j", path: "/usr/bin", homeFolder: "/home/a" });
  expect([parse({}).isProduction, parse({ NODE_ENV: "production" }).isProduction]).toEqual([false, true]);
});

it("PORT_RANGE: two ports in order are a range, anything else is not", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 70_000 }), fc.integer({ min: 0, max: 70_000 }), (low, high) => {
      const text = `${low}-${high}`;
      const isRange = low >= 1024 && low <= high && high <= 65_535;
      if (isRange) expect(parse({ PORT_RANGE: text }).PORT_RANGE).toEqual([low, high]);
      else expect(problemsOf({ PORT_RANGE: text })).toHaveLength(1);
    }),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/^\d{4,5}-\d{4,5}$/.test(text)),
      (text) => {
        const problems = problemsOf({ PORT_RANGE: text });
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(/^PORT_RANGE must be two ports/);
      },
    ),
  );
});
