import { expect, it } from "vitest";
import { loadDraft, saveDraft } from "./create-draft";
import { emptyCreateForm } from "./create-form-schema";

function storageWith(initial: string | null = null) {
  let held = initial;
  const setItem = (_key: string, value: string) => {
    held = value;
  };
  return { getItem: () => held, setItem };
}

it("gives back what was typed", () => {
  const storage = storageWith();
  saveDraft(storage, { ...emptyCreateForm, name: "Lobby", port: 25570, tags: ["smp"], build: "12", javaMajor: 21 });
  expect(loadDraft(storage)).toMatchObject({ name: "Lobby", port: 25570, tags: ["smp"], build: "12", javaMajor: 21 });
});

it("ignores what does not fit the form of today", () => {
  const storage = storageWith(
    JSON.stringify({ name: 5, memoryMb: 4096, tags: "a", launchKind: "vm", gone: true, rules: { motd: 1 } }),
  );
  expect(loadDraft(storage)).toEqual({ ...emptyCreateForm, memoryMb: 4096 });
  expect(loadDraft(storageWith("{rubbish"))).toBeNull();
  expect(loadDraft(storageWith())).toBeNull();
});
