"use client";

import { useState } from "react";
import { fieldOf, presentValue } from "./game-properties";
import { type PropertyFault, propertyFault } from "./property-fault";

export interface PropertiesDraft {
  value(name: string): string;
  isChanged(name: string): boolean;
  fault(name: string): PropertyFault | null;
  set(name: string, value: string): void;
  /** What is different from the file. */
  changes: Readonly<Record<string, string>>;
  /** Changed properties that cannot be saved. */
  faulty: readonly string[];
  reset(): void;
}

/** What was typed over the file's values, and is not saved: it outlives a newer state of the file and a failed save. */
export function usePropertiesDraft(properties: Readonly<Record<string, string>>): PropertiesDraft {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const changes = Object.fromEntries(
    Object.entries(typed)
      .map(([name, value]) => [name, fieldOf(name)?.kind === "number" ? value.trim() : value] as const)
      .filter(([name, value]) => value !== presentValue(properties, name)),
  );
  const fault = (name: string) => (name in changes ? propertyFault(name, changes[name] ?? "") : null);
  return {
    value: (name) => typed[name] ?? presentValue(properties, name),
    isChanged: (name) => name in changes,
    fault,
    set: (name, value) => setTyped((before) => ({ ...before, [name]: value })),
    changes,
    faulty: Object.keys(changes).filter((name) => fault(name) !== null),
    reset: () => setTyped({}),
  };
}
