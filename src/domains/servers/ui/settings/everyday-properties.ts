/** How a property is asked for. The file holds text; `initial` is what the game takes where the key is missing. */
export type PropertyField =
  | { kind: "text"; initial: string }
  | { kind: "number"; initial: string; min: number; max: number }
  | { kind: "switch"; initial: "true" | "false" }
  | { kind: "choice"; initial: string; choices: readonly string[] };

/** The keys of server.properties that people change; everything else in the file stays as it is. */
export const everydayProperties = {
  motd: { kind: "text", initial: "A Minecraft Server" },
  gamemode: { kind: "choice", initial: "survival", choices: ["survival", "creative", "adventure", "spectator"] },
  difficulty: { kind: "choice", initial: "easy", choices: ["peaceful", "easy", "normal", "hard"] },
  "max-players": { kind: "number", initial: "20", min: 1, max: 10_000 },
  "view-distance": { kind: "number", initial: "10", min: 3, max: 32 },
  "simulation-distance": { kind: "number", initial: "10", min: 3, max: 32 },
  "spawn-protection": { kind: "number", initial: "16", min: 0, max: 10_000 },
  "player-idle-timeout": { kind: "number", initial: "0", min: 0, max: 100_000 },
  "level-seed": { kind: "text", initial: "" },
  "online-mode": { kind: "switch", initial: "true" },
  "white-list": { kind: "switch", initial: "false" },
  "enforce-whitelist": { kind: "switch", initial: "false" },
  hardcore: { kind: "switch", initial: "false" },
  "force-gamemode": { kind: "switch", initial: "false" },
  "allow-flight": { kind: "switch", initial: "false" },
} as const satisfies Record<string, PropertyField>;

export type EverydayProperty = keyof typeof everydayProperties;
export const everydayPropertyNames = Object.keys(everydayProperties) as EverydayProperty[];

/** The common properties of a file, with the game's own defaults where a key is missing. */
export function everydayValues(properties: Readonly<Record<string, string>>): Record<EverydayProperty, string> {
  return Object.fromEntries(
    everydayPropertyNames.map((name) => [name, properties[name] ?? everydayProperties[name].initial]),
  ) as Record<EverydayProperty, string>;
}
