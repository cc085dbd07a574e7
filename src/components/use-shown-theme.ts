"use client";

import { useSyncExternalStore } from "react";
import { type Theme, themes } from "@/domains/auth/contract";

/** The theme that the page has now. The class on `<html>` is the one truth about it. */
export function useShownTheme(): Theme | null {
  return useSyncExternalStore(subscribe, read, () => null);
}

function read(): Theme | null {
  return themes.find((theme) => document.documentElement.classList.contains(theme)) ?? null;
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}
