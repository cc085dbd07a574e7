import { isStorableName } from "../is-storable-name";

/** Characters that are not seen, that turn the text around them, or that are no characters at all. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]|\p{Zs}/gu;

/**
 * A name as a person can read it: what is not seen or would turn the text around stands as its code, bytes that are no UTF-8 as `\xFF`.
 * Only to be shown; the real name goes to the server.
 */
export function shownName(name: string): string {
  const shown = name.replaceAll("\\", "\\\\").replace(unseen, (character) => {
    if (character === " ") return character;
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16).toUpperCase()}`;
    // Joiners inside words and emoji, and the wide space of Japanese, are part of honest names.
    if (code === 0x200d || code === 0xfe0f || code === 0x3000) return character;
    return `\\u{${code.toString(16).toUpperCase()}}`;
  });
  return shown.replace(/^ +| +$/g, (spaces) => "\\u{20}".repeat(spaces.length));
}

/** A path likewise, name by name. */
export function shownPath(path: string): string {
  return path.split("/").map(shownName).join("/");
}

/** Whether other systems could not hold the name, or would show it as another. */
export function isOddName(name: string): boolean {
  return shownName(name) !== name || !isStorableName(name);
}
