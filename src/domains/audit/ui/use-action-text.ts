"use client";

import { useMessages, useTranslations } from "next-intl";

/** Puts an action into words; null for one that has none. */
export function useActionText(): (action: string) => string | null {
  const t = useTranslations("audit.actions");
  return (action) => {
    const key = action as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : null;
  };
}

/** Every action that has words, by what it is about: `{ servers: ["start", …] }`. */
export function useKnownActions(): Readonly<Record<string, readonly string[]>> {
  const { actions } = useMessages().audit;
  return Object.fromEntries(Object.entries(actions).map(([domain, verbs]) => [domain, Object.keys(verbs)]));
}
