import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A folder as lines of text, one per entry: name (bytes in hex where they are not plain), kind, mode, time, content. */
export function describeTree(root: string | Buffer, options: { times?: boolean } = {}): string[] {
  const { times = true } = options;
  const lines: string[] = [];
  const visit = (folder: Buffer, prefix: Buffer) => {
    for (const name of readdirSync(folder, { encoding: "buffer" }).sort(Buffer.compare)) {
      const path = Buffer.concat([folder, Buffer.from("/"), name]);
      const shown = Buffer.concat([prefix, name]);
      const stat = lstatSync(path, { bigint: true });
      // Node sets times in whole microseconds.
      const time = times ? String(stat.mtimeNs / 1000n) : "";
      const mode = (Number(stat.mode) & 0o7777).toString(8);
      const name16 = /^[\x20-\x7e]*$/.test(shown.toString("latin1")) ? shown.toString() : shown.toString("hex");
      if (stat.isDirectory()) {
        lines.push(`${name16} folder ${mode} ${time}`);
        visit(path, Buffer.concat([shown, Buffer.from("/")]));
      } else if (stat.isSymbolicLink())
        lines.push(`${name16} link ${time} ${readlinkSync(path, { encoding: "buffer" }).toString("hex")}`);
      else if (stat.isFile())
        lines.push(`${name16} file ${mode} ${time} ${createHash("sha256").update(readFileSync(path)).digest("hex")}`);
      else lines.push(`${name16} special`);
    }
  };
  visit(Buffer.from(root), Buffer.alloc(0));
  return lines;
}
