"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { cn } from "@/lib/cn";
import { isStorableName } from "../../is-storable-name";
import { shownName } from "../shown-name";
import { splitName } from "./free-name";

/** For a fault of two lines. */
const roomBelow = 56;

interface NameFieldProps {
  name: string;
  /** Names in the same folder. */
  isTaken: (name: string) => boolean;
  onName: (name: string) => void;
  onCancel: () => void;
}

/** A new name, typed in place of the old one. Enter takes it, Escape does not, and leaving takes it only when it can be taken. */
export function NameField({ name, isTaken, onName, onCancel }: NameFieldProps) {
  const t = useTranslations("files.manager.rename");
  const faultId = useId();
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  // What is no text cannot be typed either: such a name is replaced as a whole.
  const [typed, setTyped] = useState(name.isWellFormed() ? name : shownName(name));
  const fault = typed === name ? null : nameFault(typed, isTaken);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(0, splitName(field.current.value)[0].length);
  }, []);
  const end = (isTaking: boolean) => {
    if (isDone.current || (isTaking && fault)) return;
    isDone.current = true;
    if (isTaking && typed !== name) onName(typed);
    else onCancel();
  };
  return (
    <span className="relative min-w-0 flex-1">
      <input
        ref={field}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") end(true);
          if (event.key === "Escape") end(false);
        }}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={() => end(!fault)}
        aria-label={t("label", { name: shownName(name) })}
        aria-invalid={fault !== null}
        aria-describedby={fault ? faultId : undefined}
        autoComplete="off"
        spellCheck={false}
        className="h-7 w-full rounded-sm border border-ring bg-background px-1.5 text-sm outline-none aria-invalid:border-destructive max-md:h-11 max-md:text-base"
      />
      {fault && (
        <span
          id={faultId}
          role="alert"
          className={cn(
            "absolute left-0 z-20 w-max max-w-full rounded-md border border-destructive/40 bg-popover px-2 py-1 text-xs text-destructive shadow-lg",
            isAtEnd(field.current) ? "bottom-full mb-1" : "top-full mt-1",
          )}
        >
          {t(fault)}
        </span>
      )}
    </span>
  );
}

/** Below the last rows of the list nothing would be seen. */
function isAtEnd(field: HTMLElement | null): boolean {
  const end = field?.closest("[role=grid]")?.getBoundingClientRect().bottom;
  return field !== null && end !== undefined && end - field.getBoundingClientRect().bottom < roomBelow;
}

/** Why a name cannot be given; null when it can. */
export function nameFault(name: string, isTaken: (name: string) => boolean): "empty" | "unusable" | "taken" | null {
  if (name.trim() === "") return "empty";
  if (!isStorableName(name)) return "unusable";
  return isTaken(name) ? "taken" : null;
}
