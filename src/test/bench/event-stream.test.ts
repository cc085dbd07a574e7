import { expect, it } from "vitest";
import { createEventParser, type StreamEvent } from "./event-stream";

it("finds the same events however the text is cut", () => {
  const text = 'event: connected\ndata: {}\n\n\ndata: {"a":1}\nid: 12\n\n\nevent: ping\ndata: \n\n\n';
  const whole: StreamEvent[] = [];
  createEventParser((event) => whole.push(event))(text);
  expect(whole).toEqual([
    { name: "connected", data: "{}", id: null },
    { name: "message", data: '{"a":1}', id: "12" },
    { name: "ping", data: "", id: null },
  ]);
  const pieces: StreamEvent[] = [];
  const parse = createEventParser((event) => pieces.push(event));
  for (const character of text) parse(character);
  expect(pieces).toEqual(whole);
});
