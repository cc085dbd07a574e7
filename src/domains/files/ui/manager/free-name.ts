const doubleEnding = /(\.tar\.(?:gz|zst))$/i;

/** A name that is not taken yet: `notes.txt`, `notes (2).txt`, `notes (3).txt` … */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const [stem, ending] = splitName(name);
  for (let number = 2; ; number++) {
    const candidate = `${stem} (${number})${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Stem and ending of a name; a leading dot begins no ending. */
export function splitName(name: string): [stem: string, ending: string] {
  const double = doubleEnding.exec(name);
  const dot = double ? double.index : name.lastIndexOf(".");
  return dot <= 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
}
