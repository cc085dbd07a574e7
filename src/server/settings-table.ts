// This file may become longer than 250 lines because it is one table, which is read from top to bottom.
import { z } from "zod";
import { isOutboundUrl } from "@/lib/outbound-url";

/** A setting: its environment variable, how it is read, and the words for .env.example and error messages. */
export interface Setting<T> {
  schema: z.ZodType<T, string | undefined>;
  example: string;
  about: string;
  /** Also read from the file that `NAME_FILE` names. */
  isSecret?: boolean;
}

const integer = (fallback: number, min: number, max: number) =>
  z
    .string()
    .optional()
    .transform((text, ctx) => {
      if (text === undefined) return fallback;
      const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= min && value <= max) return value;
      ctx.addIssue({ code: "custom", message: `must be a whole number from ${min} to ${max}` });
      return z.NEVER;
    });

const text = (fallback: string) =>
  z
    .string()
    .optional()
    .transform((value) => value ?? fallback);

const flag = (fallback: boolean) =>
  z
    .enum(["true", "false"], { error: "must be true or false" })
    .optional()
    .transform((value) => (value === undefined ? fallback : value === "true"));

const url = (fallback: string) =>
  z
    .string()
    .optional()
    .transform((value, ctx) => {
      const candidate = value ?? fallback;
      if (isOutboundUrl(candidate)) return new URL(candidate);
      ctx.addIssue({ code: "custom", message: "must be an http or https address without a query" });
      return z.NEVER;
    });

/** An address with a place for the player in it; null where there is none. */
const headUrl = z
  .string()
  .optional()
  .transform((value, ctx) => {
    if (value === undefined) return null;
    const filled = value.replaceAll("{uuid}", "x").replaceAll("{name}", "x");
    if (filled !== value && /^https?:\/\//.test(value) && URL.canParse(filled) && !/[\s;,'"{}]/.test(filled))
      return value;
    ctx.addIssue({ code: "custom", message: "must be an http or https address that holds {uuid} or {name}" });
    return z.NEVER;
  });

const list = z
  .string()
  .optional()
  .transform((value) =>
    (value ?? "")
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean),
  );

const portRange = z
  .string()
  .optional()
  .transform((value, ctx): [number, number] => {
    const [, low, high] = (value ?? "25565-25664").match(/^(\d{4,5})-(\d{4,5})$/) ?? [];
    const range: [number, number] = [Number(low), Number(high)];
    if (low && high && range[0] >= 1024 && range[0] <= range[1] && range[1] <= 65535) return range;
    ctx.addIssue({
      code: "custom",
      message: "must be two ports from 1024 to 65535 with a dash between, the lower first",
    });
    return z.NEVER;
  });

const origins = list.transform((items, ctx) => {
  for (const item of items) {
    if (item.includes("*") || !URL.canParse(item) || new URL(item).origin !== item) {
      ctx.addIssue({
        code: "custom",
        message: `"${item}" must be an origin such as https://mc.example.org; no wildcard, no path`,
      });
      return z.NEVER;
    }
  }
  return items;
});

/** Where versions come from unless the operator says otherwise. */
export const publicUpstreams = {
  mojang: "https://piston-meta.mojang.com",
  paper: "https://fill.papermc.io",
  mojangApi: "https://api.mojang.com",
  forge: "https://files.minecraftforge.net",
  fabric: "https://meta.fabricmc.net",
  neoforge: "https://maven.neoforged.net",
  purpur: "https://api.purpurmc.org",
  adoptium: "https://api.adoptium.net",
} as const;

const positiveMb = (fallback: number) => integer(fallback, 1, 1_048_576);

/** Every setting of the program, in the order of .env.example. */
export const settingsTable = {
  PORT: { schema: integer(3000, 1, 65535), example: "3000", about: "Port of the dashboard." },
  HOST: { schema: text("0.0.0.0"), example: "127.0.0.1", about: "Address it listens on." },
  PUBLIC_URL: {
    schema: z
      .url({ protocol: /^https?$/, error: "must be an http or https address" })
      .optional()
      .transform((value) => (value ? new URL(value) : null)),
    example: "https://mc.example.org",
    about: "Outside address, for links and cookies. Left out: taken from the request.",
  },
  DATA_DIR: { schema: text("./data"), example: "/var/lib/mcsd", about: "Everything on disk lives here." },
  DATABASE_URL: {
    schema: z
      .string()
      .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), {
        error: "must start with postgres:// and be a whole address",
      })
      .optional(),
    example: "postgres://mcsd:secret@127.0.0.1:5432/mcsd",
    about: "PostgreSQL 15 or newer. Left out: the embedded one.",
    isSecret: true,
  },
  SECRET_KEY: {
    schema: z.string().min(32, { error: "must have at least 32 characters" }).optional(),
    example: "$(openssl rand -hex 32)",
    about: "Encrypts secrets at rest and signs cookies. Left out: generated once into the data folder.",
    isSecret: true,
  },
  ADMIN_USERNAME: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{3,32}$/, { error: "must be 3 to 32 letters, digits, dots, hyphens or underscores" })
      .optional(),
    example: "admin",
    about: "Creates the first administrator at boot if there is none.",
  },
  ADMIN_PASSWORD: {
    schema: z.string().min(8, { error: "must have at least 8 characters" }).max(200).optional(),
    example: "a long passphrase",
    about: "Its password.",
    isSecret: true,
  },
  ALLOWED_ORIGINS: {
    schema: origins,
    example: "https://panel.example.org",
    about: "Other origins that may call the API, comma separated.",
  },
  TRUSTED_PROXIES: {
    schema: list,
    example: "127.0.0.1,10.0.0.0/8",
    about: "Addresses or ranges whose X-Forwarded-* headers are believed.",
  },
  ACCESS_TOKEN_EXPIRE_MINUTES: {
    schema: integer(30, 1, 1440),
    example: "30",
    about: "How long an access part of a session lives.",
  },
  REFRESH_TOKEN_EXPIRE_DAYS: { schema: integer(30, 1, 365), example: "30", about: "How long a session lives." },
  SINGLE_SESSION: { schema: flag(true), example: "true", about: "A new sign-in ends the user's older sessions." },
  DEFAULT_LAUNCH_STRATEGY: {
    schema: z.enum(["host", "dind", "dood"], { error: "must be host, dind or dood" }).default("host"),
    example: "host",
    about: "How new servers are run.",
  },
  DOCKER_HOST: {
    schema: z
      .string()
      .refine((text) => /^(?:unix|npipe|tcp|https?|ssh):\/\/[^\s]+$/.test(text), {
        error: "must begin with unix://, npipe://, tcp:// or ssh://",
      })
      .optional(),
    example: "unix:///var/run/docker.sock",
    about: "The Docker engine for servers of the kind dood. Left out: the usual socket or named pipe.",
  },
  DOCKER_TLS_VERIFY: {
    schema: z
      .enum(["0", "1", "true", "false"], { error: "must be 1 or 0" })
      .optional()
      .transform((value) => value === "1" || value === "true"),
    example: "1",
    about: "Speaks TLS with an engine behind tcp://, as with port 2376.",
  },
  DOCKER_CERT_PATH: {
    schema: z.string().optional(),
    example: "/etc/mcsd/docker",
    about: "Folder with ca.pem, cert.pem and key.pem for that.",
  },
  MINECRAFT_IMAGE: {
    schema: z
      .string()
      .regex(/^[a-z0-9]+(?:[._:/@-][a-zA-Z0-9]+)*$/, { error: "must be the name of an image" })
      .max(200)
      .default("itzg/minecraft-server"),
    example: "registry.example.org/minecraft-server",
    about: "Image of the servers' containers. Without a tag, the tag for the version's Java is chosen.",
  },
  DOCKER_REGISTRY_USERNAME: {
    schema: z.string().max(200).optional(),
    example: "robot",
    about: "Sign-in for the registry of that image, where it asks for one.",
  },
  DOCKER_REGISTRY_PASSWORD: {
    schema: z.string().max(2000).optional(),
    example: "a token",
    about: "Its password or token.",
    isSecret: true,
  },
  RATE_LIMIT_PER_MINUTE: {
    schema: integer(60, 1, 1_000_000),
    example: "60",
    about: "Calls a minute without sign-in, per address.",
  },
  RATE_LIMIT_USER_PER_MINUTE: { schema: integer(600, 1, 1_000_000), example: "600", about: "Calls a minute per user." },
  LOGIN_RATE_LIMIT_PER_MINUTE: {
    schema: integer(10, 1, 1_000_000),
    example: "10",
    about: "Sign-in attempts a minute, per address.",
  },
  MAX_UPLOAD_SIZE_MB: { schema: positiveMb(100), example: "100", about: "Largest uploaded file." },
  ARCHIVE_MAX_SIZE_MB: {
    schema: positiveMb(500),
    example: "500",
    about: "Largest archive that is taken in, packed and unpacked.",
  },
  ARCHIVE_MAX_FILES: { schema: integer(10_000, 1, 10_000_000), example: "10000", about: "Most files in an archive." },
  ARCHIVE_MAX_FILE_SIZE_MB: { schema: positiveMb(500), example: "500", about: "Largest file in an archive." },
  ARCHIVE_MAX_COMPRESSION_RATIO: {
    schema: integer(100, 1, 100_000),
    example: "100",
    about: "How many times larger than itself an archive may become.",
  },
  MAX_BACKUP_RETENTION: {
    schema: integer(30, 1, 10_000),
    example: "30",
    about: "Most snapshots that are kept per server and kind.",
  },
  MAX_BACKUP_INTERVAL_HOURS: {
    schema: integer(168, 1, 8760),
    example: "168",
    about: "Longest time between two scheduled snapshots.",
  },
  BACKUP_SHUTDOWN_TIMEOUT_SECONDS: {
    schema: integer(300, 0, 86_400),
    example: "300",
    about: "How long the end of mcsd waits for snapshots that are being taken.",
  },
  UPGRADE_HEALTHY_SECONDS: {
    schema: integer(60, 1, 3600),
    example: "60",
    about: "How long a server has to stay well after a change of version before it is kept.",
  },
  UPGRADE_BOOT_TIMEOUT_SECONDS: {
    schema: integer(600, 5, 7200),
    example: "600",
    about: "How long its first start may take before the change is put back.",
  },
  MOJANG_META_URL: {
    schema: url(publicUpstreams.mojang),
    example: "https://piston-meta.mojang.com",
    about: "Mojang's version list.",
  },
  PAPER_API_URL: {
    schema: url(publicUpstreams.paper),
    example: "https://fill.papermc.io",
    about: "PaperMC's Fill API (v3).",
  },
  MOJANG_API_URL: {
    schema: url(publicUpstreams.mojangApi),
    example: "https://api.mojang.com",
    about: "Where the UUIDs of players' names are looked up.",
  },
  MOJANG_API_ENABLED: {
    schema: flag(true),
    example: "true",
    about:
      "Whether names may be looked up there at all. Without it, only players that were seen on a server are known.",
  },
  PLAYER_HEAD_URL: {
    schema: headUrl,
    example: "https://heads.example.org/{uuid}",
    about: "Pictures of players, by {uuid} or {name}; browsers load them from there. Left out: drawn by mcsd itself.",
  },
  IMPORT_ROOT: {
    schema: z
      .string()
      .regex(/^(?:\/|[A-Za-z]:[\\/])/, { error: "must be an absolute path" })
      .optional()
      .transform((value) => value ?? null),
    example: "/srv/minecraft",
    about: "Folder whose folders administrators may import as servers. They are copied, never changed.",
  },
  FORGE_META_URL: {
    schema: url(publicUpstreams.forge),
    example: "https://files.minecraftforge.net",
    about: "Forge's promotions and, where it is not Forge's own host, its Maven repository.",
  },
  FABRIC_META_URL: {
    schema: url(publicUpstreams.fabric),
    example: "https://meta.fabricmc.net",
    about: "Fabric's version lists and launcher jars.",
  },
  NEOFORGE_META_URL: {
    schema: url(publicUpstreams.neoforge),
    example: "https://maven.neoforged.net",
    about: "NeoForge's Maven repository.",
  },
  PURPUR_API_URL: {
    schema: url(publicUpstreams.purpur),
    example: "https://api.purpurmc.org",
    about: "Purpur's API (v2).",
  },
  ADOPTIUM_API_URL: {
    schema: url(publicUpstreams.adoptium),
    example: "https://api.adoptium.net",
    about: "Adoptium's API (v3), for Java.",
  },
  LOG_LEVEL: {
    schema: z
      .enum(["trace", "debug", "info", "warn", "error", "fatal"], {
        error: "must be trace, debug, info, warn, error or fatal",
      })
      .default("info"),
    example: "info",
    about: "How much is logged.",
  },
  NEXT_PUBLIC_DEFAULT_LOCALE: {
    schema: z.enum(["en", "ja"], { error: "must be en or ja" }).default("en"),
    example: "en",
    about: "Language before anyone chose one.",
  },
  SERVER_UID_BASE: {
    schema: integer(200_000, 1000, 2_000_000_000),
    example: "200000",
    about: "First uid of the servers when mcsd runs as root.",
  },
  PORT_RANGE: { schema: portRange, example: "25565-25664", about: "Game ports that are given out." },
} as const satisfies Record<string, Setting<unknown>>;
