export interface Device {
  /** Null where the user agent names none that we know. */
  browser: string | null;
  system: string | null;
  kind: "computer" | "phone" | "program";
}

/** Order matters: most browsers also claim to be those they descend from. */
const browsers: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["Samsung Internet", /SamsungBrowser\//],
  ["Vivaldi", /Vivaldi\//],
  ["Opera", /\bOPR\/|Opera\//],
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ["Safari", /\bVersion\/[\d.]+.*Safari\//],
];

const systems: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["iPadOS", /\biPad\b/],
  ["iOS", /\b(?:iPhone|iPod)\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows NT\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b|\bX11\b/],
];

/** Browser and system in a word each, as far as a user agent can be believed: a hint for its owner, never for a decision. */
export function describeUserAgent(userAgent: string): Device {
  const browser = browsers.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;
  const isPhone = /\bMobile\b|\biPad\b|\bAndroid\b/.test(userAgent);
  return { browser, system, kind: !browser && !system ? "program" : isPhone ? "phone" : "computer" };
}
