import { open, rename, stat, truncate, writeFile } from "node:fs/promises";

const maxBytes = 4 * 1024 * 1024;
const keptBytes = 1024 * 1024;
const maxWords = 600;

/**
 * Keeps the engine's log below 4 MiB: its end moves to `engine.log.1`, and the file begins anew. The engine has it open for
 * appending, so it goes on at the new end; what it writes in that moment is lost.
 */
export async function boundEngineLog(path: string): Promise<void> {
  const size = await sizeOf(path);
  if (size <= maxBytes) return;
  const end = await readFrom(path, size - keptBytes);
  await writeFile(`${path}.new`, end, { mode: 0o600 });
  await rename(`${path}.new`, `${path}.1`);
  await truncate(path, 0);
}

/** The last thing that was written after `from`, without the stamps of the log's form. */
export async function lastWords(path: string, from: number): Promise<string> {
  const text = (await readFrom(path, Math.max(from, (await sizeOf(path)) - 64 * 1024))).toString();
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const complaints = lines.filter((line) => !/^time="/.test(line) || /level=(?:error|fatal)/.test(line));
  const words = (complaints.length > 0 ? complaints : lines).slice(-3).map(plain);
  return words.join(" ").slice(-maxWords);
}

export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function plain(line: string): string {
  return (/ msg="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line).replaceAll('\\"', '"').trim();
}

async function readFrom(path: string, from: number): Promise<Buffer> {
  const file = await open(path, "r").catch(() => null);
  if (!file) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.max(0, size - from));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
