/** True when the text holds C0 or C1 control characters, DEL, or Unicode's line and paragraph separators. */
export function hasControlCharacters(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text);
}
