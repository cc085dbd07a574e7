import { hideSecrets } from "./hide-secrets";

const hiddenLine = /^(\s*([\w.-]+)\s*[=:]\s*)\*{8}\s*$/gm;

/** The reverse of `hideSecrets`: values that are still hidden become again what they are in `current`. */
export function keepSecrets(path: string, text: string, current: string): string {
  return text.replace(hiddenLine, (line, start: string, key: string) => {
    if (hideSecrets(path, `${key}=-`) === `${key}=-`) return line;
    const value = new RegExp(`^\\s*${key.replaceAll(".", "\\.")}\\s*[=:]\\s*(.*?)\\r?$`, "im").exec(current)?.[1];
    return value === undefined ? line : `${start}${value}${line.endsWith("\r") ? "\r" : ""}`;
  });
}
