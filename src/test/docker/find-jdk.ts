import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface Jdk {
  readonly home: string;
  readonly version: string;
}

/** The machine's own JDK: where the `java` on the PATH lives, by its own word. */
export async function findJdk(): Promise<Jdk> {
  const { stderr } = await promisify(execFile)("java", ["-XshowSettings:properties", "-version"]);
  const read = (name: string): string => {
    const value = new RegExp(`^\\s*${name.replaceAll(".", "\\.")} = (.+)$`, "m").exec(stderr)?.[1];
    if (value === undefined) throw new Error(`java does not tell its ${name}: ${stderr}`);
    return value.trim();
  };
  return { home: read("java.home"), version: read("java.vm.version") };
}
