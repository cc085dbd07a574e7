// interim: replaced by the launch worker
export function checkJvmArgs(args: readonly string[]): { ok: true } | { ok: false; argument: string; reason: string } {
  const [argument] = args;
  return argument === undefined ? { ok: true } : { ok: false, argument, reason: "not on the allow-list" };
}
