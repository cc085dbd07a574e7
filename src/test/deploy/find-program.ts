import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { it, type TestFunction } from "vitest";

/** The path of a program that is on the PATH or where a distribution puts programs of root; null when it is not there. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** A test that needs a program of the machine; without it the test is skipped and says which Debian package brings it. */
export function itWith(
  program: string,
  debianPackage: string,
  name: string,
  body: (path: string) => Promise<void>,
): void {
  const path = findProgram(program);
  const skipped: TestFunction = ({ skip }) => skip(`no ${program} on this machine (apt-get install ${debianPackage})`);
  it(name, path === null ? skipped : () => body(path));
}
