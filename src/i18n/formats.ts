import type { Formats } from "next-intl";

/** Named forms of dates and numbers: `format.dateTime(date, "short")`. */
export const formats = {
  dateTime: {
    short: { dateStyle: "medium", timeStyle: "short" },
    long: { dateStyle: "long", timeStyle: "medium" },
    day: { dateStyle: "medium" },
    time: { timeStyle: "medium" },
  },
  number: {
    percent: { style: "percent", maximumFractionDigits: 0 },
  },
} satisfies Formats;
