"use client";

import { ChevronDownIcon, ChevronUpIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { SearchResults, TerminalScreen } from "./terminal-screen";

/** Searches in what is loaded: Enter for the next hit upwards, Shift Enter downwards, Escape closes. */
export function ConsoleSearch({ screen, onClose }: { screen: TerminalScreen | null; onClose: () => void }) {
  const t = useTranslations("console.search");
  const [term, setTerm] = useState("");
  const [results, setResults] = useState<SearchResults | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => screen?.onSearchResults(setResults), [screen]);
  useEffect(() => () => screen?.endSearch(), [screen]);

  const change = (next: string) => {
    setTerm(next);
    if (next === "") {
      screen?.endSearch();
      setResults(null);
    } else screen?.find(next, "previous");
  };
  const handleKey = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    } else if (event.key === "Enter" && term !== "") {
      event.preventDefault();
      screen?.find(term, event.shiftKey ? "next" : "previous");
    }
  };
  return (
    <search className="flex flex-wrap items-center gap-1 border-b px-3 py-1.5">
      <Input
        ref={field}
        value={term}
        onChange={(event) => change(event.target.value)}
        onKeyDown={handleKey}
        aria-label={t("label")}
        placeholder={t("placeholder")}
        className="h-8 w-56 max-w-full"
      />
      <span role="status" className="min-w-20 px-1 text-xs text-muted-foreground tabular-nums">
        {term === "" || results === null
          ? ""
          : results.count === 0
            ? t("none")
            : results.index < 0
              ? t("many", { count: results.count })
              : t("position", { at: results.index + 1, count: results.count })}
      </span>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("previous")}
        onClick={() => screen?.find(term, "previous")}
        disabled={term === ""}
      >
        <ChevronUpIcon />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("next")}
        onClick={() => screen?.find(term, "next")}
        disabled={term === ""}
      >
        <ChevronDownIcon />
      </Button>
      <Button variant="ghost" size="icon-sm" aria-label={t("close")} onClick={onClose} className="ml-auto">
        <XIcon />
      </Button>
    </search>
  );
}
