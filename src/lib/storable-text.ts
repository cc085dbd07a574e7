const unpaired = /\p{Surrogate}/gu;

/** True for text that PostgreSQL can hold: without NUL and without halves of surrogate pairs. */
export function isStorableText(text: string): boolean {
  return !text.includes("\0") && text.search(unpaired) < 0;
}

/** The same text with U+FFFD in place of what PostgreSQL cannot hold. */
export function toStorableText(text: string): string {
  return isStorableText(text) ? text : text.replaceAll("\0", "\ufffd").replace(unpaired, "\ufffd");
}

/** The same for every text inside a value on its way into a jsonb column. What JSON cannot say is lost, as it would be there. */
export function toStorableJson<Value>(value: Value): Value {
  if (value === undefined) return value;
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === "string" ? toStorableText(part) : part,
  ) as Value;
}
