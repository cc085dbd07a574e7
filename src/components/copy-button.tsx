"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { copyText } from "./copy-text";
import { useAnnounce } from "./live/announcer";

interface CopyButtonProps {
  value: string;
  /** What a screen reader calls it; by default "Copy" and the value. */
  label?: string;
  className?: string;
}

/** Copies a value and says so where the eye is: its icon turns into a tick. */
export function CopyButton({ value, label, className }: CopyButtonProps) {
  const t = useTranslations("common");
  const announce = useAnnounce();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    const isDone = await copyText(value);
    setIsCopied(isDone);
    if (isDone) announce(t("copied"));
    else toast.error(t("copyFailed"));
  };

  return (
    <Button
      variant="ghost"
      size="icon-sm"
      className={cn("size-7", className)}
      aria-label={label ?? t("copyValue", { value })}
      title={label ?? t("copy")}
      onClick={copy}
    >
      {isCopied ? <CheckIcon className="text-state-running" /> : <CopyIcon className="text-muted-foreground" />}
    </Button>
  );
}
