import { CircleAlertIcon, CircleCheckIcon, CircleXIcon, type LucideIcon } from "lucide-react";
import type { HealthCheck } from "../contract";

/** Icon and colour of a check's state; always beside its word. */
export const healthMarks: Readonly<Record<HealthCheck["status"], { icon: LucideIcon; color: string }>> = {
  ok: { icon: CircleCheckIcon, color: "text-state-running" },
  warn: { icon: CircleAlertIcon, color: "text-state-changing" },
  fail: { icon: CircleXIcon, color: "text-state-crashed" },
};
