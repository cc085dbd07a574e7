import { hasControlCharacters } from "@/lib/control-characters";
import { fieldOf, largestNumber } from "./game-properties";

const longest = 2000;

export type PropertyFault =
  | { key: "whole" | "line" | "long" }
  | { key: "range"; min: number; max: number }
  | { key: "from"; min: number };

/** What is wrong with a value that somebody typed; null for nothing. */
export function propertyFault(name: string, value: string): PropertyFault | null {
  const field = fieldOf(name);
  if (field?.kind === "number") {
    const { min, max } = field;
    if (!/^-?\d{1,10}$/.test(value.trim())) return { key: "whole" };
    const number = Number(value);
    if (number >= min && number <= max) return null;
    return max === largestNumber && number < min ? { key: "from", min } : { key: "range", min, max };
  }
  if (hasControlCharacters(value)) return { key: "line" };
  return value.length > longest ? { key: "long" } : null;
}
