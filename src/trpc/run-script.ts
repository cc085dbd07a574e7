/** Runs a script: a failure becomes one line on stderr and exit code 1; `--help` prints the usage. */
export function runScript(usage: string, work: () => Promise<void>): void {
  if (process.argv.includes("--help")) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  work().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
