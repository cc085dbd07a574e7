import { playerNameSchema } from "../contract";

/** Names as people paste them: one a line, or with spaces, commas or semicolons between. Each once, however it is written. */
export function parseNames(text: string): { names: string[]; wrong: string[] } {
  const names = new Map<string, string>();
  const wrong = new Set<string>();
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    if (!playerNameSchema.safeParse(part).success) wrong.add(part);
    else if (!names.has(part.toLowerCase())) names.set(part.toLowerCase(), part);
  }
  return { names: [...names.values()], wrong: [...wrong] };
}
