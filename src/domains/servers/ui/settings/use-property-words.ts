"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { isGameProperty } from "./game-properties";

/** A property in the reader's words; one that is none of the game's has only its key. */
export function usePropertyWords(): (name: string) => { label: string; text: string } {
  const t = useTranslations("files.properties");
  return useCallback(
    (name) => {
      if (!isGameProperty(name)) return { label: name, text: t("unknown") };
      const key = `keys.${name.replaceAll(".", "-") as "motd"}` as const;
      return { label: t(`${key}.label`), text: t(`${key}.text`) };
    },
    [t],
  );
}
