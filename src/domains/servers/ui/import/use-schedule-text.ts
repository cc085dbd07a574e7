import { useTranslations } from "next-intl";
import type { FoundSchedule } from "../../import-contract";

/** What becomes of another panel's schedule, or why nothing does. */
export function useScheduleText(): (schedule: FoundSchedule) => string {
  const t = useTranslations("imports.schedules");
  return ({ becomes, reason }) => {
    if (becomes === null) return t(`reasons.${reason ?? "not_exact"}`);
    if (becomes.kind === "interval") return t("interval", { hours: becomes.everyHours });
    const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(becomes.expression) ?? [];
    if (minute === undefined || hour === undefined) return t("cron", { expression: becomes.expression });
    return t("daily", { time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}` });
  };
}
