import type { ITheme } from "@xterm/xterm";

const dark = {
  black: "#3f3f46",
  red: "#f87171",
  green: "#4ade80",
  yellow: "#eab308",
  blue: "#60a5fa",
  magenta: "#c084fc",
  cyan: "#22d3ee",
  white: "#d4d4d8",
  brightBlack: "#8b8b95",
  brightRed: "#fca5a5",
  brightGreen: "#86efac",
  brightYellow: "#fde047",
  brightBlue: "#93c5fd",
  brightMagenta: "#e9a8fc",
  brightCyan: "#67e8f9",
  brightWhite: "#fafafa",
} satisfies ITheme;

const light = {
  black: "#18181b",
  red: "#b91c1c",
  green: "#15803d",
  yellow: "#92600a",
  blue: "#1d4ed8",
  magenta: "#86198f",
  cyan: "#0e7490",
  white: "#52525b",
  brightBlack: "#71717a",
  brightRed: "#dc2626",
  brightGreen: "#16803c",
  brightYellow: "#a16207",
  brightBlue: "#2563eb",
  brightMagenta: "#a21caf",
  brightCyan: "#0891b2",
  brightWhite: "#27272a",
} satisfies ITheme;

/** Colours for the terminal, after those that the page's theme gives to `host`. */
export function consoleTheme(host: HTMLElement): ITheme {
  const { backgroundColor, color } = getComputedStyle(host);
  const isDark = isDarkColour(backgroundColor);
  return {
    ...(isDark ? dark : light),
    background: backgroundColor,
    foreground: color,
    cursor: backgroundColor,
    selectionBackground: isDark ? "#3f6f5f" : "#a7e8cf",
  };
}

/** True for a colour that light text is read on. Understands what computed styles give: `rgb(…)`. */
export function isDarkColour(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

/** Calls `listener` when the page's theme changes, by choice or with the system; gives back how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", listener);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", listener);
  };
}
