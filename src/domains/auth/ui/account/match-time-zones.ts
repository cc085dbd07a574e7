/** The zones that this browser knows, UTC first. */
export function knownTimeZones(): readonly string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return ["UTC", ...zones.filter((zone) => zone !== "UTC")];
}

/** "America/New_York" as people write it. */
export function timeZoneName(zone: string): string {
  return zone.replaceAll("_", " ");
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
