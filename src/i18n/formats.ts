import type { Formats } from "next-intl";

/** Named forms of dates and numbers: `format.dateTime(date, "short")`. */
export const formats = {
  dateTime: {
    short: { dateStyle: "medium", timeStyle: "short" },
    long: { dateStyle: "long", timeStyle: "medium" },
    day: { dateStyle: "medium" },
    time: { timeStyle: "medium" },
    dense: {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    },
  },
  number: {
    percent: { style: "percent", maximumFractionDigits: 0 },
  },
} satisfies Formats;
