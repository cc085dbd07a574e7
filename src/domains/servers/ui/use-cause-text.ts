"use client";

import { useTranslations } from "next-intl";
import { causeParams } from "./cause-params";

export interface CauseText {
  /** What happened, in one sentence. */
  what: string;
  /** What to do about it; null where nothing has to be done. */
  toDo: string | null;
}

/** Puts a recorded cause into words; one that this page does not know yet reads as an unknown one. */
export function useCauseText(): (cause: string, params: Record<string, unknown>) => CauseText {
  const t = useTranslations("causes");
  return (cause, params) => {
    const known = t.has(`${cause}.what` as "unknown.what") ? cause : "unknown";
    const values = causeParams(params);
    const toDo = `${known}.toDo` as "unknown.toDo";
    return { what: t(`${known}.what` as "unknown.what", values), toDo: t.has(toDo) ? t(toDo, values) : null };
  };
}
