/** Formats times in the viewer's zone: the time alone today, with the date before that. */
export function viewerClock(locale: string, timeZone?: string): (time: Date) => string {
  const hours = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone } as const;
  const time = new Intl.DateTimeFormat(locale, hours);
  const dated = new Intl.DateTimeFormat(locale, { ...hours, month: "2-digit", day: "2-digit" });
  const day = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone });
  const format = (value: Date) => {
    if (Number.isNaN(value.getTime())) return "--:--:--";
    return (day.format(value) === day.format(new Date()) ? time : dated).format(value);
  };
  // Lines come by the thousand per second, and Intl is slow: each second is formatted once.
  let last = { second: Number.NaN, text: "" };
  return (value) => {
    const second = Math.floor(value.getTime() / 1_000);
    if (second !== last.second) last = { second, text: format(value) };
    return last.text;
  };
}
