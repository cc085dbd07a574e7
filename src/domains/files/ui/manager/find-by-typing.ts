/** How long after a letter the next one belongs to the same name. */
const togetherMs = 900;

export interface Typed {
  text: string;
  at: number;
}

/** What has been typed with this letter; a space belongs to it only inside a name. */
export function typeLetter(before: Typed, letter: string, now: number): Typed {
  return { text: isTyping(before, now) ? before.text + letter : letter, at: now };
}

export function isTyping({ text, at }: Typed, now: number): boolean {
  return text !== "" && now - at < togetherMs;
}

/** The next entry whose name begins so, round and round; one letter again and again goes from one to the next. */
export function findByTyping<Entry extends { name: string; path: string }>(
  entries: readonly Entry[],
  active: string | null,
  text: string,
): Entry | undefined {
  const letters = [...text.toLowerCase()];
  const isRepeated = new Set(letters).size === 1;
  const start = isRepeated ? (letters[0] ?? "") : letters.join("");
  const at = entries.findIndex(({ path }) => path === active);
  // A name that still fits stays; the same letter once more means the next one.
  const from = isRepeated ? at + 1 : Math.max(0, at);
  const around = [...entries.slice(from), ...entries.slice(0, from)];
  return around.find(({ name }) => name.toLowerCase().startsWith(start));
}
