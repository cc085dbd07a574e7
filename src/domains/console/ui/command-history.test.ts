import { expect, it } from "vitest";
import { loadHistory, rememberCommand, stepHistory } from "./command-history";

function memoryStorage() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

it("keeps the history of each server apart, newest last, without repeats", () => {
  const storage = memoryStorage();
  let history = rememberCommand(storage, "a", [], "list");
  history = rememberCommand(storage, "a", history, "say hi");
  history = rememberCommand(storage, "a", history, "list");
  expect(loadHistory(storage, "a")).toEqual(["say hi", "list"]);
  expect(loadHistory(storage, "b")).toEqual([]);
});

it("keeps a hundred at most and survives rubbish in the storage", () => {
  const storage = memoryStorage();
  let history: string[] = [];
  for (let at = 0; at < 130; at += 1) history = rememberCommand(storage, "a", history, `say ${at}`);
  expect(loadHistory(storage, "a")).toHaveLength(100);
  storage.setItem("mcsd.console.history.a", "{not json");
  expect(loadHistory(storage, "a")).toEqual([]);
});

it("goes on when nothing can be stored", () => {
  const full = {
    setItem: () => {
      throw new Error("quota");
    },
  };
  expect(rememberCommand(full, "a", ["list"], "tps")).toEqual(["list", "tps"]);
});

it("walks up and down and comes back to what was being typed", () => {
  const history = ["one", "two"];
  const up = stepHistory(history, { index: 2, draft: "" }, -1, "dra");
  expect(up?.text).toBe("two");
  const further = stepHistory(history, up?.position ?? { index: 0, draft: "" }, -1, "two");
  expect(further?.text).toBe("one");
  expect(stepHistory(history, further?.position ?? { index: 0, draft: "" }, -1, "one")).toBeNull();
  const down = stepHistory(history, { index: 1, draft: "dra" }, 1, "two");
  expect(down?.text).toBe("dra");
});
