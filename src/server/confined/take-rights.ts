/** For good: a reader of what others have sent can neither become root again nor be anybody else. Ends the process where that fails. */
export function takeRights(uid: number): void {
  process.setgroups?.([]);
  process.setgid?.(uid);
  process.setuid?.(uid);
  if (process.getuid?.() !== uid || process.geteuid?.() !== uid) process.exit(1);
}
