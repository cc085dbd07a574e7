/** SGR parameters of Minecraft's formatting codes. The sixteen palette colours, so that the theme decides the shade. */
const codes: Readonly<Record<string, string>> = {
  "0": "30",
  "1": "34",
  "2": "32",
  "3": "36",
  "4": "31",
  "5": "35",
  "6": "33",
  "7": "37",
  "8": "90",
  "9": "94",
  a: "92",
  b: "96",
  c: "91",
  d: "95",
  e: "93",
  f: "97",
  l: "1",
  m: "9",
  n: "4",
  o: "3",
};

const hexColour = /§x((?:§[0-9a-f]){6})/gi;

/**
 * Turns § codes into ANSI colours. A colour ends bold, italic and so on, as it does in the game; §k (obfuscated)
 * has no counterpart and is dropped, so that the text under it can be read.
 */
export function minecraftColoursToAnsi(text: string): string {
  if (!text.includes("§")) return text;
  return text
    .replace(hexColour, (_whole, digits: string) => {
      const value = Number.parseInt(digits.replaceAll("§", ""), 16);
      return `\u001b[0;38;2;${value >> 16};${(value >> 8) & 255};${value & 255}m`;
    })
    .replace(/§([0-9a-fk-orx])/gi, (_whole, letter: string) => {
      const code = letter.toLowerCase();
      if (code === "r") return "\u001b[0m";
      const sgr = codes[code];
      if (sgr === undefined) return "";
      return /[l-o]/.test(code) ? `\u001b[${sgr}m` : `\u001b[0;${sgr}m`;
    });
}
