"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { HealthCheck } from "../contract";
import { healthMarks } from "./health-mark";

/** One line over all checks: the worst state and how many are in it. */
export function HealthSummary({ checks }: { checks: readonly HealthCheck[] }) {
  const t = useTranslations("system");
  const failed = checks.filter(({ status }) => status === "fail").length;
  const warned = checks.filter(({ status }) => status === "warn").length;
  const { icon: Icon, color } = healthMarks[failed > 0 ? "fail" : warned > 0 ? "warn" : "ok"];
  return (
    <p role="status" className={cn("flex items-center gap-2 font-medium", color)}>
      <Icon aria-hidden="true" className="size-5 shrink-0" />
      {failed === 0 && warned === 0 && t("allOk")}
      {failed > 0 && t("someFail", { count: failed })} {warned > 0 && t("someWarn", { count: warned })}
    </p>
  );
}
