import type { SuperJSONResult } from "superjson";
import { sharedSuperjson } from "@/lib/shared-superjson";
import { isStorableText } from "@/lib/storable-text";
import { AppError } from "@/server/errors";

/** superjson for inputs: what it cannot read, and text that the database could not hold, is the caller's fault and not ours. */
export const inputTransformer = {
  serialize: sharedSuperjson.serialize,
  deserialize(result: SuperJSONResult): unknown {
    const value = read(result);
    if (hasOnlyStorableText(result.json)) return value;
    throw new AppError("BAD_REQUEST", "The input holds NUL or half a surrogate pair, which no text may hold.");
  },
};

function read(result: SuperJSONResult): unknown {
  try {
    return sharedSuperjson.deserialize(result);
  } catch (error) {
    throw new AppError("BAD_REQUEST", "The input is not what superjson writes.", {}, { cause: error });
  }
}

/** Without recursion: the nesting is the caller's choice. */
function hasOnlyStorableText(json: unknown): boolean {
  const waiting: unknown[] = [json];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part === "string" && !isStorableText(part)) return false;
    if (typeof part !== "object" || part === null) continue;
    for (const [key, value] of Object.entries(part)) {
      if (!isStorableText(key)) return false;
      if (value !== undefined && value !== null) waiting.push(value);
    }
  }
  return true;
}
