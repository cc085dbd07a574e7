// interim: replaced by the launch worker
export function buildJvmArgs(options: { memoryMb: number; extra: readonly string[] }): string[] {
  return [`-Xms${options.memoryMb}M`, `-Xmx${options.memoryMb}M`, ...options.extra];
}
