import { CircleCheckIcon, CirclePauseIcon, CircleXIcon, HourglassIcon, type LucideIcon } from "lucide-react";
import type { UserState } from "../contract";

/** Icon and colour of an account's state; always beside its word. */
export const userStateMarks: Readonly<Record<UserState, { icon: LucideIcon; color: string }>> = {
  waiting: { icon: HourglassIcon, color: "text-state-changing" },
  active: { icon: CircleCheckIcon, color: "text-state-running" },
  deactivated: { icon: CirclePauseIcon, color: "text-state-stopped" },
  rejected: { icon: CircleXIcon, color: "text-state-crashed" },
};
