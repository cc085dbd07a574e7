const part = (parts: Intl.DateTimeFormatPart[], type: Intl.DateTimeFormatPartTypes) =>
  parts.find((found) => found.type === type)?.value ?? "00";

/** A moment as the clocks of a zone show it, to the minute: `2026-03-01T09:30`, as date fields of a page hold it. */
export function toZonedText(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(moment);
  const year = part(parts, "year").padStart(4, "0");
  return `${year}-${part(parts, "month")}-${part(parts, "day")}T${part(parts, "hour")}:${part(parts, "minute")}`;
}

/** The moment when the clocks of a zone show this; null for anything that is no time. In the gap of a clock change: the time after it. */
export function fromZonedText(text: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const wanted = Date.parse(`${text}Z`);
  if (Number.isNaN(wanted)) return null;
  let moment = wanted;
  // The offset belongs to the moment that is looked for: a second step settles clock changes in between.
  for (let step = 0; step < 2; step++) moment += wanted - Date.parse(`${toZonedText(new Date(moment), timeZone)}Z`);
  return new Date(moment);
}
