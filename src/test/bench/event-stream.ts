import { type ClientRequest, get } from "node:http";
import { StringDecoder } from "node:string_decoder";

export interface StreamEvent {
  /** `message` when the server gave no name. */
  name: string;
  data: string;
  id: string | null;
}

/** Takes server-sent events out of text that arrives in pieces (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function createEventParser(onEvent: (event: StreamEvent) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event: StreamEvent = { name: "message", data: "", id: null };
      for (const line of block.split("\n")) {
        if (line.startsWith("data: ")) event.data += line.slice(6);
        else if (line.startsWith("id: ")) event.id = line.slice(4);
        else if (line.startsWith("event: ")) event.name = line.slice(7);
      }
      if (event.data !== "" || event.name !== "message") onEvent(event);
    }
  };
}

interface StreamOptions {
  url: string;
  headers: Record<string, string>;
  onEvent(event: StreamEvent): void;
  /** The stream ended without `close`. */
  onLost(reason: string): void;
}

/** Reads an event stream over a connection of its own, with as little of its own work as possible. */
export function openEventStream({ url, headers, onEvent, onLost }: StreamOptions): { close(): void } {
  const decoder = new StringDecoder("utf8");
  const parse = createEventParser(onEvent);
  let isClosed = false;
  const lost = (reason: string) => {
    if (!isClosed) onLost(reason);
    isClosed = true;
  };
  const options = { agent: false, headers: { ...headers, accept: "text/event-stream" } };
  const request: ClientRequest = get(url, options, (response) => {
    if (response.statusCode !== 200) lost(`status ${response.statusCode}`);
    response.on("data", (bytes: Buffer) => isClosed || parse(decoder.write(bytes)));
    response.once("close", () => lost("closed"));
    response.on("error", () => {});
  });
  request.on("error", (error) => lost(error.message));
  return {
    close: () => {
      isClosed = true;
      request.destroy();
    },
  };
}

/** Where the lines of a server's console are streamed. */
export function consoleStreamUrl(url: string, serverId: string): string {
  return `${url}/api/trpc/console.stream?input=${encodeURIComponent(JSON.stringify({ json: { serverId } }))}`;
}
