"use client";

import { SearchIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/cn";

interface SearchFieldProps {
  /** What is searched for now. */
  value: string;
  /** Hears of what was typed once the typing pauses. */
  onSearch: (value: string) => void;
  label: string;
  placeholder: string;
  className?: string;
}

const pauseMs = 300;

/** The search of a page that asks the server: `/` leads here. A value set from outside replaces what was typed. */
export function SearchField({ value, onSearch, label, placeholder, className }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === told.current) return;
    const timer = setTimeout(() => {
      told.current = wanted;
      onSearch(wanted);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed, onSearch]);
  return (
    <search className={cn("relative min-w-48 flex-1 md:max-w-80", className)}>
      <SearchIcon
        aria-hidden="true"
        className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        type="search"
        data-page-search
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        aria-label={label}
        placeholder={placeholder}
        aria-keyshortcuts="/"
        maxLength={64}
        className="pl-9 max-md:h-11"
      />
    </search>
  );
}
