import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { linkSignals } from "./link-signals";

it("aborts with the first source and its reason", () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const { signal } = linkSignals(first.signal, second.signal);
  expect(signal.aborted).toBe(false);
  second.abort("why");
  expect(signal.reason).toBe("why");
});

it("is aborted at once when a source is", () => {
  expect(linkSignals(AbortSignal.abort("before")).signal.reason).toBe("before");
});

it("leaves nothing on its sources once released", () => {
  const source = new AbortController();
  linkSignals(source.signal).release();
  expect(getEventListeners(source.signal, "abort")).toHaveLength(0);
});
