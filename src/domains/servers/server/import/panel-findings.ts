import type { FoundSchedule, Panel } from "../../import-contract";

/** What another panel knows of the server. */
export interface PanelFindings {
  panel: Panel | null;
  name: string | null;
  port: number | null;
  memoryMb: number | null;
  /** The jar that it started. */
  jar: string | null;
  schedules: FoundSchedule[];
  /** Where its settings should have been found. */
  settings: "read" | "unreadable" | "apart";
}

export const noPanel: PanelFindings = {
  panel: null,
  name: null,
  port: null,
  memoryMb: null,
  jar: null,
  schedules: [],
  settings: "read",
};

/** Largest heap that a command line or a file of arguments asks for, in MB. */
export function readHeap(command: string): number | null {
  const [, amount, unit] = /-Xmx(\d{1,9})([kKmMgG]?)/.exec(command) ?? [];
  if (!amount) return null;
  const bytes = Number(amount) * ({ k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit?.toLowerCase() ?? ""] ?? 1);
  return Math.max(1, Math.round(bytes / 1024 ** 2));
}
