import { hideSecrets } from "./hide-secrets";

const hiddenLine = /^([^\S\r\n]*([\w.-]+)[^\S\r\n]*[=:][^\S\r\n]*)\*{8}[^\S\n]*$/gm;

const space = "[^\\S\\r\\n]*";

/** The reverse of `hideSecrets`: values that are still hidden become again what they are in `current`. */
export function keepSecrets(path: string, text: string, current: string): string {
  return text.replace(hiddenLine, (line, start: string, key: string) => {
    if (hideSecrets(path, `${key}=-`) === `${key}=-`) return line;
    const value = new RegExp(`^${space}${key.replaceAll(".", "\\.")}${space}[=:]${space}(.*?)\\r?$`, "im").exec(
      current,
    )?.[1];
    return value === undefined ? line : `${start}${value}${line.endsWith("\r") ? "\r" : ""}`;
  });
}
