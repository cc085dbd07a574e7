"use client";

import { ChevronRightIcon, SendHorizontalIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { commandSchema } from "../contract";
import { useCommandLine } from "./use-command-line";

interface CommandFormProps {
  serverId: string;
  players: readonly string[];
  /** Why no command can be sent now; null if it can. */
  blockedBecause: string | null;
  /** A reply is awaited. */
  isSending: boolean;
  onSend: (command: string) => void;
}

type Fault = "control_characters" | "too_long";

/** The command line under the log: a combobox whose list opens with Tab. */
export function CommandForm({ serverId, players, blockedBecause, isSending, onSend }: CommandFormProps) {
  const t = useTranslations("console.command");
  const line = useCommandLine(serverId, players);
  const [fault, setFault] = useState<Fault | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const listId = `${id}-list`;
  const isOpen = line.suggestions.length > 0;
  const isBlocked = blockedBecause !== null;

  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const command = line.text.trim().replace(/^\//, "");
    if (isBlocked || command === "") return;
    const parsed = commandSchema.safeParse(command);
    if (!parsed.success) {
      setFault(
        parsed.error.issues.some(({ message }) => message === "control_characters") ? "control_characters" : "too_long",
      );
      return;
    }
    setFault(null);
    line.sent(parsed.data);
    onSend(parsed.data);
  };
  return (
    <form onSubmit={submit} className="relative border-t">
      {isOpen && (
        <div
          id={listId}
          role="listbox"
          aria-label={t("suggestions")}
          className="absolute bottom-full left-3 z-20 mb-1 max-h-64 min-w-48 overflow-y-auto rounded-lg border bg-popover p-1 text-popover-foreground shadow-lg"
        >
          {line.suggestions.map((suggestion, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus, as a combobox does
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input
            <div
              key={suggestion}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === line.active}
              ref={index === line.active ? (element) => element?.scrollIntoView({ block: "nearest" }) : null}
              onClick={() => {
                line.choose(suggestion);
                field.current?.focus();
              }}
              className={cn(
                "cursor-pointer rounded-md px-2 py-1.5 font-mono text-xs",
                index === line.active && "bg-accent",
              )}
            >
              {suggestion}
            </div>
          ))}
        </div>
      )}
      <div className="flex items-center gap-2 px-3 py-2">
        <ChevronRightIcon
          aria-hidden="true"
          className={cn("size-4 shrink-0 text-primary", isBlocked && "text-muted-foreground")}
        />
        <input
          ref={field}
          value={line.text}
          onChange={(event) => {
            setFault(null);
            line.type(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (line.press(event.key, event.shiftKey)) event.preventDefault();
          }}
          disabled={isBlocked}
          role="combobox"
          aria-label={t("label")}
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen ? `${listId}-${line.active}` : undefined}
          aria-autocomplete="list"
          aria-invalid={fault !== null}
          aria-describedby={`${id}-hint`}
          placeholder={blockedBecause ?? t("placeholder")}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
          className="h-9 min-w-0 flex-1 bg-transparent font-mono text-sm outline-none placeholder:font-sans placeholder:text-muted-foreground disabled:cursor-not-allowed max-md:h-11 max-md:text-base"
        />
        {isSending && (
          <span className="animate-state-pulse text-xs whitespace-nowrap text-muted-foreground">{t("waiting")}</span>
        )}
        <Button
          type="submit"
          size="sm"
          variant="secondary"
          disabled={isBlocked || line.text.trim() === ""}
          className="max-md:h-11"
        >
          <SendHorizontalIcon aria-hidden="true" />
          <span className="max-md:sr-only">{t("send")}</span>
        </Button>
      </div>
      <p
        id={`${id}-hint`}
        role={fault ? "alert" : undefined}
        className={cn("px-3 pb-2 text-xs", fault ? "text-destructive" : "sr-only")}
      >
        {fault ? t(fault) : t("hint")}
      </p>
    </form>
  );
}
