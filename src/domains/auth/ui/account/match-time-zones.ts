import { isTimeZone } from "@/lib/is-time-zone";

/** Cities that browsers still list under a name that they no longer have, by the name of today in the IANA database. */
const renamed: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** The zones that this browser knows, by their names of today, UTC first. */
export function knownTimeZones(): readonly string[] {
  const zones = new Set(Intl.supportedValuesOf("timeZone").map(currentName));
  zones.delete("UTC");
  return ["UTC", ...[...zones].sort()];
}

function currentName(zone: string): string {
  const name = renamed[zone];
  return name !== undefined && isTimeZone(name) ? name : zone;
}

/** "America/New_York" as people write it. */
export function timeZoneName(zone: string): string {
  return currentName(zone).replaceAll("_", " ");
}

/**
 * The zones that hold every typed word, in name or offset ("tokyo", "new york", "+9"); those whose city begins with the text
 * come first.
 */
export function matchTimeZones(zones: readonly string[], search: string, offsetOf: (zone: string) => string): string[] {
  const typed = search.trim().toLowerCase();
  const words = typed.split(/[\s_/]+/).filter(Boolean);
  if (words.length === 0) return [...zones];
  const found = zones.filter((zone) => {
    const text = `${timeZoneName(zone)} ${offsetOf(zone)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const isCity = (zone: string) =>
    timeZoneName(zone.slice(zone.lastIndexOf("/") + 1))
      .toLowerCase()
      .startsWith(typed);
  return [...found.filter(isCity), ...found.filter((zone) => !isCity(zone))];
}

/** "GMT+9" at an instant; "GMT" for UTC. */
export function timeZoneOffset(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
