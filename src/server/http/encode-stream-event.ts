import { isTrackedEnvelope } from "@trpc/server";

/** Turns what a subscription yields into the text of one server-sent event (or its bytes), as tRPC's clients expect it. */
export type StreamEventEncoder = (event: unknown) => string | Buffer;

/**
 * An event with an id whose data is frozen goes to many subscribers: it is encoded once, and its bytes are kept as long as
 * the data lives.
 */
export function createStreamEventEncoder(serialize: (value: unknown) => string): StreamEventEncoder {
  const kept = new WeakMap<object, { id: string; bytes: Buffer }>();

  return (event) => {
    if (!isTrackedEnvelope(event)) return `data: ${serialize(event)}\n\n`;
    const [id, data] = event;
    const text = () => `data: ${serialize(data)}\nid: ${id}\n\n`;
    if (typeof data !== "object" || data === null || !Object.isFrozen(data)) return text();
    const known = kept.get(data);
    if (known?.id === id) return known.bytes;
    const bytes = Buffer.from(text());
    kept.set(data, { id, bytes });
    return bytes;
  };
}
