export interface MarkedPart {
  part: string;
  isMatch: boolean;
  /** Where it begins in the text. */
  at: number;
}

/** A text cut into what matches and what stands between. */
export function markMatches(text: string, wanted: string, matchCase: boolean): MarkedPart[] {
  const [hay, needle] = matchCase ? [text, wanted] : [text.toLowerCase(), wanted.toLowerCase()];
  // Some letters change their length with their case: places would not fit.
  if (needle === "" || hay.length !== text.length) return [{ part: text, isMatch: false, at: 0 }];
  const parts: MarkedPart[] = [];
  let from = 0;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, from)) {
    if (at > from) parts.push({ part: text.slice(from, at), isMatch: false, at: from });
    from = at + needle.length;
    parts.push({ part: text.slice(at, from), isMatch: true, at });
  }
  if (from < text.length) parts.push({ part: text.slice(from), isMatch: false, at: from });
  return parts;
}
