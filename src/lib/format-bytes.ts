const units = ["B", "KB", "MB", "GB", "TB"] as const;

/** Bytes for people: `1.5 GB`. Steps of 1024, as Java and Minecraft count memory; at most three digits that say something. */
export function formatBytes(bytes: number, locale: string): string {
  let value = Math.max(0, bytes);
  let step = 0;
  while (value >= 1023.5 && step < units.length - 1) {
    value /= 1024;
    step++;
  }
  const maximumFractionDigits = step === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value)} ${units[step]}`;
}
