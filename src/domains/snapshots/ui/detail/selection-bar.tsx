"use client";

import { RotateCcwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

interface SelectionBarProps {
  count: number;
  label: string;
  onRestore: () => void;
  onClear: () => void;
}

/** What is selected and what can be done with it; stays in view. */
export function SelectionBar({ count, label, onRestore, onClear }: SelectionBarProps) {
  const t = useTranslations("snapshots.select");
  if (count === 0) return null;
  return (
    <div className="sticky bottom-2 z-10 flex flex-wrap items-center gap-3 rounded-lg border bg-popover px-4 py-2 shadow-lg shadow-black/20">
      <p role="status" className="mr-auto text-sm tabular-nums">
        {t("count", { count })}
      </p>
      <Button variant="ghost" size="sm" className="max-md:h-11" onClick={onClear}>
        {t("clear")}
      </Button>
      <Button size="sm" className="max-md:h-11" onClick={onRestore}>
        <RotateCcwIcon />
        {label}
      </Button>
    </div>
  );
}
