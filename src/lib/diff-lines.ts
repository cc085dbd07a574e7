export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  /** Line numbers from 1 on either side. */
  before: number | null;
  after: number | null;
}

const mostLines = 20_000;
const mostChanges = 600;

/**
 * The shortest way from one text to another, line by line (Myers, "An O(ND) Difference Algorithm", 1986). Null when the texts are too
 * long or too different for that to be of use.
 */
export function diffLines(before: string, after: string): DiffLine[] | null {
  const a = toLines(before);
  const b = toLines(after);
  if (a.length + b.length > mostLines) return null;
  const trace = findTrace(a, b);
  return trace && walkBack(trace, a, b);
}

function toLines(text: string): string[] {
  if (text === "") return [];
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** For each number of changes, how far each diagonal reaches. */
function findTrace(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let changes = 0; changes <= Math.min(a.length + b.length, mostChanges); changes++) {
    const next = new Map<number, number>();
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const down = reach.get(diagonal + 1) ?? -1;
      const right = (reach.get(diagonal - 1) ?? -2) + 1;
      let x = Math.max(down, right);
      let y = x - diagonal;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      next.set(diagonal, x);
      if (x >= a.length && y >= b.length) return [...trace, reach];
    }
    trace.push(reach);
    reach = next;
  }
  return null;
}

function walkBack(trace: readonly Map<number, number>[], a: readonly string[], b: readonly string[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    const reach = trace[changes];
    const diagonal = x - y;
    const down = reach?.get(diagonal + 1) ?? -1;
    const right = (reach?.get(diagonal - 1) ?? -2) + 1;
    const isDown = down >= right;
    for (const begin = isDown ? down : right; x > begin; x--, y--)
      lines.push({ kind: "same", text: a[x - 1] ?? "", before: x, after: y });
    if (changes === 0) break;
    if (isDown) lines.push({ kind: "added", text: b[--y] ?? "", before: null, after: y + 1 });
    else lines.push({ kind: "removed", text: a[--x] ?? "", before: x + 1, after: null });
  }
  return lines.reverse();
}
