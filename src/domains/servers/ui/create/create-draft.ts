import { type CreateForm, createFormSchema, emptyCreateForm, rulesSchema } from "./create-form-schema";

const key = "mcsd.create.draft";
const { shape } = createFormSchema(new Set());

/** What was typed before a reload, as far as it fits; fields that do not are as in an empty form. */
export function loadDraft(storage: Pick<Storage, "getItem">): CreateForm | null {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? "null");
    if (typeof stored !== "object" || stored === null) return null;
    const { rules, ...rest } = stored as Record<string, unknown>;
    const parsed = rulesSchema.safeParse(rules);
    const draft: Record<string, unknown> = {
      ...emptyCreateForm,
      rules: parsed.success ? parsed.data : emptyCreateForm.rules,
    };
    for (const [name, value] of Object.entries(rest)) {
      if (!(name in emptyCreateForm)) continue;
      const empty = emptyCreateForm[name as keyof CreateForm];
      const fits =
        empty === null ? shape[name as keyof CreateForm].safeParse(value).success : typeof value === typeof empty;
      if (fits && Array.isArray(value) === Array.isArray(empty)) draft[name] = value;
    }
    return draft as CreateForm;
  } catch {
    return null;
  }
}

/** Keeps what is typed for this tab, so that no failure and no reload loses it. */
export function saveDraft(storage: Pick<Storage, "setItem">, values: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(values));
  } catch {
    // A full or forbidden storage: the form itself still holds everything.
  }
}

export function clearDraft(storage: Pick<Storage, "removeItem">): void {
  try {
    storage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}
