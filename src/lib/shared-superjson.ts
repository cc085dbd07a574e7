import superjson, { type SuperJSONResult } from "superjson";

const kept = new WeakMap<object, SuperJSONResult>();

/**
 * superjson that remembers what it made of frozen objects: one event for a hundred subscribers is walked once.
 * Only what is deeply frozen by convention (event batches) may be frozen at the top.
 */
export const sharedSuperjson = {
  serialize(value: unknown): SuperJSONResult {
    if (typeof value !== "object" || value === null || !Object.isFrozen(value)) return superjson.serialize(value);
    const known = kept.get(value);
    if (known) return known;
    const made = superjson.serialize(value);
    kept.set(value, made);
    return made;
  },
  deserialize: <Value>(result: SuperJSONResult): Value => superjson.deserialize<Value>(result),
};
