import { createHash } from "node:crypto";
import {
  type DumpHead,
  type DumpSequences,
  type DumpTable,
  dumpEndSchema,
  dumpHeadSchema,
  dumpSequencesSchema,
  dumpTableSchema,
  rowsEnd,
} from "./dump-format";
import { readFramedFile } from "./framed-file";

export interface DumpReader {
  onHead(head: DumpHead): Promise<void> | void;
  onTable(table: DumpTable): Promise<void> | void;
  /** A whole number of rows, as COPY takes them. */
  onRows(rows: Buffer): Promise<void> | void;
  onTableEnd(): Promise<void> | void;
  onSequences(sequences: DumpSequences["sequences"]): Promise<void> | void;
}

/** Goes through a dump. Throws when it is damaged or was cut off; returns the SHA-256 of its content. */
export async function readDump(path: string, reader: DumpReader): Promise<string> {
  const hash = createHash("sha256");
  let state = "head" as "head" | "between" | "rows" | "end";
  let tables = 0;
  let isEnded = false;

  const takeLine = async (line: string, bytes: Buffer): Promise<void> => {
    const value: unknown = JSON.parse(line);
    if (state === "head") {
      await reader.onHead(dumpHeadSchema.parse(value));
      state = "between";
    } else if (state === "end") {
      const { end } = dumpEndSchema.parse(value);
      if (end.tables !== tables || end.sha256 !== hash.copy().digest("hex")) throw new Error("The dump is damaged.");
      isEnded = true;
    } else if ("sequences" in (value as object)) {
      hash.update(bytes);
      await reader.onSequences(dumpSequencesSchema.parse(value).sequences);
      state = "end";
    } else {
      hash.update(bytes);
      await reader.onTable(dumpTableSchema.parse(value));
      tables++;
      state = "rows";
    }
  };

  let rest = Buffer.alloc(0);
  for await (const piece of readFramedFile(path)) {
    rest = Buffer.concat([rest, piece]);
    for (let newline = rest.indexOf(10); newline >= 0; newline = rest.indexOf(10)) {
      if (state !== "rows") {
        const bytes = rest.subarray(0, newline + 1);
        rest = rest.subarray(newline + 1);
        await takeLine(bytes.toString("utf8"), bytes);
        continue;
      }
      // All whole rows that are there, up to the line that ends them.
      const isAtEnd = rest.subarray(0, 3).equals(Buffer.from(rowsEnd));
      const end = isAtEnd ? 0 : rest.indexOf(`\n${rowsEnd}`) + 1;
      const whole = isAtEnd || end > 0 ? end : rest.lastIndexOf(10) + 1;
      if (whole > 0) {
        const rows = rest.subarray(0, whole);
        hash.update(rows);
        await reader.onRows(rows);
        rest = rest.subarray(whole);
      }
      if (!isAtEnd && end <= 0) break;
      hash.update(rowsEnd);
      rest = rest.subarray(rowsEnd.length);
      await reader.onTableEnd();
      state = "between";
    }
  }
  if (!isEnded || rest.length > 0) throw new Error("The dump is not whole.");
  return hash.digest("hex");
}
