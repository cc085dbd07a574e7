/** How a property is asked for. The file holds text; `initial` is what the game takes where the key is missing. */
export type PropertyField =
  | { kind: "text"; initial: string }
  /** Never shown; what is typed replaces it. */
  | { kind: "secret"; initial: "" }
  | { kind: "number"; initial: string; min: number; max: number }
  | { kind: "switch"; initial: "true" | "false" }
  | { kind: "choice"; initial: string; choices: readonly string[] };

/** Java's int. */
export const largestNumber = 2_147_483_647;

const text = (initial = "") => ({ kind: "text", initial }) as const;
const secret = { kind: "secret", initial: "" } as const;
const on = { kind: "switch", initial: "true" } as const;
const off = { kind: "switch", initial: "false" } as const;
const number = (initial: number, min = 0, max = largestNumber) =>
  ({ kind: "number", initial: String(initial), min, max }) as const;
const choice = (initial: string, ...choices: readonly string[]) => ({ kind: "choice", initial, choices }) as const;

/** Every key of the game's server.properties but those that mcsd decides, with the game's own limits and defaults. */
export const gameProperties = {
  general: {
    motd: text("A Minecraft Server"),
    gamemode: choice("survival", "survival", "creative", "adventure", "spectator"),
    "force-gamemode": off,
    difficulty: choice("easy", "peaceful", "easy", "normal", "hard"),
    hardcore: off,
    "max-players": number(20, 0),
    "white-list": off,
    "enforce-whitelist": off,
    "online-mode": on,
    "pause-when-empty-seconds": number(60, -1),
  },
  world: {
    "level-name": text("world"),
    "level-seed": text(),
    "level-type": choice(
      "minecraft:normal",
      "minecraft:normal",
      "minecraft:flat",
      "minecraft:large_biomes",
      "minecraft:amplified",
      "minecraft:single_biome_surface",
    ),
    "generator-settings": text("{}"),
    "generate-structures": on,
    "max-world-size": number(29_999_984, 1, 29_999_984),
    "spawn-protection": number(16),
    "initial-enabled-packs": text("vanilla"),
    "initial-disabled-packs": text(),
    "allow-nether": on,
    "spawn-monsters": on,
    "spawn-animals": on,
    "spawn-npcs": on,
  },
  players: {
    "allow-flight": off,
    "player-idle-timeout": number(0),
    "op-permission-level": number(4, 0, 4),
    "function-permission-level": number(2, 1, 4),
    "broadcast-console-to-ops": on,
    "enable-code-of-conduct": off,
    "bug-report-link": text(),
    pvp: on,
    "enable-command-block": off,
  },
  network: {
    "enable-status": on,
    "hide-online-players": off,
    "status-heartbeat-interval": number(0),
    "enable-query": off,
    "query.port": number(25565, 1, 65_535),
    "network-compression-threshold": number(256, -1),
    "rate-limit": number(0),
    "accepts-transfers": off,
    "use-native-transport": on,
  },
  performance: {
    "view-distance": number(10, 3, 32),
    "simulation-distance": number(10, 3, 32),
    "entity-broadcast-range-percentage": number(100, 10, 1000),
    "max-tick-time": number(60_000, -1),
    "max-chained-neighbor-updates": number(1_000_000, -1),
    "sync-chunk-writes": on,
    "region-file-compression": choice("deflate", "deflate", "lz4", "none"),
    "enable-jmx-monitoring": off,
    debug: off,
  },
  security: {
    "enforce-secure-profile": on,
    "prevent-proxy-connections": off,
    "log-ips": on,
    "chat-spam-threshold-seconds": number(10),
    "command-spam-threshold-seconds": number(10),
    "text-filtering-config": text(),
    "text-filtering-version": number(0, 0, 1),
  },
  packs: {
    "resource-pack": text(),
    "resource-pack-id": text(),
    "resource-pack-sha1": text(),
    "resource-pack-prompt": text(),
    "require-resource-pack": off,
  },
  management: {
    "management-server-enabled": off,
    "management-server-host": text("localhost"),
    "management-server-port": number(0, 0, 65_535),
    "management-server-secret": secret,
    "management-server-allowed-origins": text(),
    "management-server-tls-enabled": on,
    "management-server-tls-keystore": text(),
    "management-server-tls-keystore-password": secret,
  },
} as const satisfies Record<string, Record<string, PropertyField>>;

export type PropertyGroup = keyof typeof gameProperties;
export const propertyGroups = Object.keys(gameProperties) as PropertyGroup[];
type KeysOf<Group> = Group extends unknown ? keyof Group : never;
export type GameProperty = KeysOf<(typeof gameProperties)[PropertyGroup]>;

const fields = new Map<string, PropertyField>(Object.values(gameProperties).flatMap((group) => Object.entries(group)));

/** Keys that newer versions do not have, and one of Paper alone: shown only where the file has them. */
const onlyWherePresent = new Set<string>([
  "allow-nether",
  "spawn-monsters",
  "spawn-animals",
  "spawn-npcs",
  "pvp",
  "enable-command-block",
  "debug",
] satisfies GameProperty[]);

export function isGameProperty(name: string): name is GameProperty {
  return fields.has(name);
}

/** Null for a key that is none of the game's. */
export function fieldOf(name: string): PropertyField | null {
  return fields.get(name) ?? null;
}

/** Once the game has written the file, it lists every key that its version knows. */
const fewestOfGame = 25;

/** The keys of each group that this file has or may have, without those that mcsd sets; at the end those that are none of the game's. */
export function keysByGroup(
  properties: Readonly<Record<string, string>>,
  managed: readonly string[],
): [PropertyGroup | "other", string[]][] {
  const isOfGame = Object.keys(properties).length >= fewestOfGame;
  const isKnown = (name: string) =>
    name in properties || (fieldOf(name)?.kind === "secret" ? "management-server-enabled" in properties : false);
  // Where mcsd sets up the management service, a key store for it has no meaning.
  const isManagement = (name: string) => managed.includes("management-server-enabled") && /^management-/.test(name);
  const isManaged = (name: string) => managed.includes(name) || isManagement(name);
  const isShown = (name: string) => !isManaged(name) && (isKnown(name) || !(isOfGame || onlyWherePresent.has(name)));
  const other = Object.keys(properties).filter((name) => !isGameProperty(name));
  const known = propertyGroups.map((group): [PropertyGroup, string[]] => [
    group,
    Object.keys(gameProperties[group]).filter(isShown),
  ]);
  return [...known, ["other" as const, other] satisfies [string, string[]]];
}

/** What the game works with, in the file or by default. */
export function presentValue(properties: Readonly<Record<string, string>>, name: string): string {
  return properties[name] ?? fieldOf(name)?.initial ?? "";
}

/** Whether somebody has decided otherwise than the game would. */
export function isOwnChoice(properties: Readonly<Record<string, string>>, name: string): boolean {
  const field = fieldOf(name);
  return field === null || presentValue(properties, name) !== field.initial;
}
