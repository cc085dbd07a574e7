import superjson from "superjson";
import { type Credentials, headersOf } from "./program-calls";

export interface OpenStream {
  /** What has come so far, without handshake and pings. */
  readonly events: unknown[];
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Follows a subscription over the wire; resolves once the first event is there. */
export async function openStream(
  url: string,
  { path, input, credentials }: { path: string; input?: unknown; credentials: Credentials },
): Promise<OpenStream> {
  const aborted = new AbortController();
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(superjson.serialize(input)))}`;
  const response = await fetch(`${url}/api/trpc/${path}${query}`, {
    headers: headersOf(credentials),
    signal: aborted.signal,
  });
  const events: unknown[] = [];
  let isFirst = () => {};
  const first = new Promise<void>((resolve) => {
    isFirst = resolve;
  });
  const read = async () => {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const field = (key: string) => new RegExp(`(?:^|\\n)${key}: ?([^\\n]*)`).exec(block)?.[1];
        if (field("event") !== undefined) continue;
        events.push(superjson.deserialize(JSON.parse(field("data") ?? "null")));
        isFirst();
      }
    }
  };
  const ended = read().catch(() => {});
  await Promise.race([first, ended]);
  return { events, ended, close: () => aborted.abort() };
}
