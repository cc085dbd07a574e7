const phases: readonly (string | undefined)[] = ["alpha", "beta", "pre", "rc"];

/**
 * 49 digits whose order, under any collation, is that of builds within one version: `47.4.10`, `2416`, `21.1.3-beta`,
 * `26.1.0.0-alpha.15+pre-3`. What leads to a number comes before the number itself.
 */
export function buildSortKey(build: string): string {
  const [, numbers = "", word, count] = /^(\d[\d.]*)(?:-(alpha|beta|pre|rc)[.-]?(\d+)?)?/.exec(build) ?? [];
  const phase = phases.indexOf(word);
  const parts = numbers.split(".").slice(0, 5);
  return [
    ...Array.from({ length: 5 }, (_, index) => pad(parts[index])),
    phase < 0 ? "9" : String(phase),
    pad(count),
  ].join("");
}

function pad(digits: string | undefined): string {
  return (digits ?? "").slice(-8).padStart(8, "0");
}
