/** A longer line is shown up to here, with a mark that says how much is missing. */
export const maxLineBytes = 32 * 1024;

export interface CutLine {
  /** Offset of the line's first byte in the file. */
  start: number;
  text: string;
}

/**
 * Cuts a stream of bytes into lines, in memory that does not grow with a line. Every byte belongs to exactly one line, whose
 * id is the offset of its first byte. A line ends with its newline, or where `flush` ended it; then what follows up to
 * the newline is a line of its own with its own id, and if nothing follows there is none. So the rule for an unfinished line
 * is: it may come in several pieces, but no byte comes twice and no id ever changes.
 */
export interface LogFileCutter {
  /** Takes the next bytes and gives the lines that they finish. The chunk may be reused afterwards. */
  push(chunk: Buffer): CutLine[];
  /** Ends the unfinished line here. Unless `isFinal`, half a character and a lone CR wait for what follows. */
  flush(isFinal: boolean): CutLine | null;
  /** Offset of the first byte that no line has been given for. */
  readonly next: number;
  readonly hasUnfinished: boolean;
}

/** Begins at byte `from`; `isMidLine` says that a piece of the same line went before. */
export function createLogFileCutter(from: number, isMidLine: boolean): LogFileCutter {
  let start = from;
  let isContinuation = isMidLine;
  /** The first bytes of the unfinished line, at most maxLineBytes, and how long it is in all. */
  let head: Buffer = Buffer.alloc(0);
  let length = 0;
  let lastByte = 0;

  const keep = (piece: Buffer) => {
    if (piece.length === 0) return;
    const room = maxLineBytes - head.length;
    if (room > 0) head = Buffer.concat([head, piece.subarray(0, room)]);
    length += piece.length;
    lastByte = piece[piece.length - 1] ?? 0;
  };
  const begin = (at: number, isMiddle: boolean) => {
    start = at;
    isContinuation = isMiddle;
    head = Buffer.alloc(0);
    length = 0;
    lastByte = 0;
  };
  const finish = (piece: Buffer): CutLine | null => {
    let bytes = piece;
    let total = piece.length;
    let last = piece[total - 1] ?? lastByte;
    if (length > 0) {
      keep(piece);
      [bytes, total, last] = [head, length, lastByte];
    }
    const line = { start, text: toText(bytes, last === 13 ? total - 1 : total) };
    const isEmptyRest = isContinuation && line.text === "";
    begin(start + total + 1, false);
    return isEmptyRest ? null : line;
  };

  return {
    push: (chunk) => {
      const lines: CutLine[] = [];
      let at = 0;
      for (let newline = chunk.indexOf(10); newline >= 0; newline = chunk.indexOf(10, at)) {
        const line = finish(chunk.subarray(at, newline));
        if (line) lines.push(line);
        at = newline + 1;
      }
      keep(chunk.subarray(at));
      return lines;
    },
    flush: (isFinal) => {
      const ready = length > maxLineBytes || isFinal ? length : wholeCharacters(head);
      if (ready === 0) return null;
      const line = { start, text: toText(head, isFinal && lastByte === 13 ? ready - 1 : ready) };
      const rest = head.subarray(Math.min(ready, head.length));
      begin(start + ready, true);
      keep(rest);
      return line;
    },
    get next() {
      return start;
    },
    get hasUnfinished() {
      return length > 0;
    },
  };
}

/** `head` are the first bytes of a line that has `length` of them. What is no UTF-8 is shown as U+FFFD. */
function toText(head: Buffer, length: number): string {
  if (length <= maxLineBytes) return head.toString("utf8", 0, length);
  const end = wholeCharacters(head.subarray(0, maxLineBytes));
  return `${head.toString("utf8", 0, end)}… [${length - end} bytes cut]`;
}

/** How many bytes remain when an unfinished character, or a CR whose LF may be on its way, is left off at the end. */
function wholeCharacters(bytes: Buffer): number {
  const { length } = bytes;
  if (bytes[length - 1] === 13) return length - 1;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] ?? 0;
    if (isContinuationByte(byte)) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return size > back ? length - back : length;
  }
  return length;
}

function isContinuationByte(byte = 0): boolean {
  return (byte & 0xc0) === 0x80;
}
