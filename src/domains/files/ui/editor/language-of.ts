/** Kinds of text that the editor colours and checks. */
export const textLanguages = ["properties", "yaml", "json", "toml", "log", "plain"] as const;
export type TextLanguage = (typeof textLanguages)[number];

const endings: Readonly<Record<string, TextLanguage>> = {
  properties: "properties",
  conf: "properties",
  cfg: "properties",
  ini: "properties",
  lang: "properties",
  yml: "yaml",
  yaml: "yaml",
  json: "json",
  mcmeta: "json",
  json5: "plain",
  toml: "toml",
  log: "log",
};

/** By the name's ending. */
export function languageOf(name: string): TextLanguage {
  return endings[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "plain";
}
