/** One entry of a tar, byte by byte as somebody hostile would write it. */
export interface RawTarEntry {
  name: string | Buffer;
  type?: string;
  mode?: number;
  content?: Buffer | string;
  /** What the header claims; left out: the truth. */
  size?: number;
  link?: string;
  /** Spoils the header's checksum. */
  isBad?: boolean;
}

export function rawTar(entries: readonly RawTarEntry[], { end = 2 }: { end?: number } = {}): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? "");
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return [header(entry, content.length), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(512 * end)]);
}

/** A PAX header with these records, for the entry that follows. */
export function pax(records: Record<string, string>): RawTarEntry {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    let length = Buffer.byteLength(rest) + 1;
    while (Buffer.byteLength(`${length}${rest}`) !== length) length++;
    return `${length}${rest}`;
  });
  return { name: "PaxHeader", type: "x", content: lines.join("") };
}

function header(entry: RawTarEntry, length: number): Buffer {
  const block = Buffer.alloc(512);
  const { name, type = "0", mode = 0o644, size = length, link = "" } = entry;
  Buffer.from(name).copy(block, 0, 0, 100);
  octal(block, 100, 8, mode);
  octal(block, 108, 8, 0);
  octal(block, 116, 8, 0);
  octal(block, 124, 12, size);
  octal(block, 136, 12, 1_700_000_000);
  block.write("        ", 148);
  block.write(type, 156);
  block.write(link, 157, 100);
  block.write("ustar\0", 257, "latin1");
  block.write("00", 263);
  const sum = block.reduce((total, byte) => total + byte, 0) + (entry.isBad ? 1 : 0);
  octal(block, 148, 7, sum);
  block.write(" ", 155);
  return block;
}

function octal(block: Buffer, at: number, length: number, value: number): void {
  block.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "latin1");
}
