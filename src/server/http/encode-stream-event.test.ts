import { tracked } from "@trpc/server";
import { expect, it } from "vitest";
import { createStreamEventEncoder } from "./encode-stream-event";

const open = () => {
  const seen: unknown[] = [];
  const encode = createStreamEventEncoder((value) => {
    seen.push(value);
    return JSON.stringify(value);
  });
  return { seen, encode };
};

it("encodes what many are given once, and the same data under another id anew", () => {
  const { seen, encode } = open();
  const data = Object.freeze({ lines: ["日本語"] });
  const first = encode(tracked("12", data));
  expect(String(first)).toBe('data: {"lines":["日本語"]}\nid: 12\n\n');
  expect(encode(tracked("12", data))).toBe(first);
  expect(seen).toHaveLength(1);
  expect(String(encode(tracked("13", data)))).toBe('data: {"lines":["日本語"]}\nid: 13\n\n');
});

it("looks anew at what may have changed", () => {
  const { encode } = open();
  const data = { count: 1 };
  encode(tracked("1", data));
  data.count = 2;
  expect(encode(tracked("1", data))).toBe('data: {"count":2}\nid: 1\n\n');
  expect(encode(data)).toBe('data: {"count":2}\n\n');
});
