const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsafe = /[<>:"|?*\\/\u0000-\u001f\u007f]|[. ]$|^ /;

/** Whether a name can be held by the file systems of Linux, macOS and Windows alike: what we make should survive a download. */
export function isStorableName(name: string): boolean {
  if (name === "" || name === "." || name === "..") return false;
  if (!name.isWellFormed() || new TextEncoder().encode(name).length > 240) return false;
  return !unsafe.test(name) && !reserved.test(name);
}
