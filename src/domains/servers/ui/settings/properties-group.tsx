"use client";

import { ChevronRightIcon } from "lucide-react";
import { useId } from "react";
import { cn } from "@/lib/cn";
import { PropertyRow } from "./property-row";
import type { PropertiesDraft } from "./use-properties-draft";

interface PropertiesGroupProps {
  title: string;
  names: readonly string[];
  draft: PropertiesDraft;
  isLocked: boolean;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

/** Properties that belong together, folded away until they are wanted. */
export function PropertiesGroup({ title, names, draft, isLocked, isOpen, onOpen }: PropertiesGroupProps) {
  const id = useId();
  return (
    <section className="rounded-md border">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => onOpen(!isOpen)}
          className="flex w-full cursor-pointer items-center gap-2 rounded-md px-3 py-2 text-left text-sm font-medium outline-none focus-visible:outline-2 focus-visible:outline-ring max-md:min-h-11"
        >
          <ChevronRightIcon
            aria-hidden="true"
            className={cn(
              "size-4 text-muted-foreground transition-transform motion-reduce:transition-none",
              isOpen && "rotate-90",
            )}
          />
          {title}
          <span className="text-xs font-normal text-muted-foreground tabular-nums">{names.length}</span>
        </button>
      </h3>
      <fieldset id={id} hidden={!isOpen} disabled={isLocked} className="divide-y border-t px-3">
        <legend className="sr-only">{title}</legend>
        {isOpen &&
          names.map((name) => (
            <PropertyRow
              key={name}
              name={name}
              value={draft.value(name)}
              isChanged={draft.isChanged(name)}
              fault={draft.fault(name)}
              onChange={(value) => draft.set(name, value)}
            />
          ))}
      </fieldset>
    </section>
  );
}
