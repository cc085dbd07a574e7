import { z } from "zod";

/** A tag: a value (numbers as text: a long is more than JavaScript counts), or children with their names (compound) or places (list, array). */
export interface NbtTag {
  kind: string;
  value?: string;
  children?: { name: string; tag: NbtTag }[];
  /** How many there are, when not all are told. */
  count?: number;
}
export const nbtTagSchema: z.ZodType<NbtTag> = z.object({
  kind: z.string().max(20),
  value: z.string().optional(),
  children: z.array(z.object({ name: z.string(), tag: z.lazy(() => nbtTagSchema) })).optional(),
  count: z.number().int().optional(),
});

export interface NbtFile {
  tag: NbtTag;
  size: number;
  modifiedAt: Date;
  /** False when there was more than is told. */
  isComplete: boolean;
}
