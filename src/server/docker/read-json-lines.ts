const maxLineChars = 1024 * 1024;

/** The objects of a stream that has one per line, as the engine's events and pulls have. Lines that are none are left out. */
export async function* readJsonLines(stream: AsyncIterable<Buffer | string>): AsyncGenerator<Record<string, unknown>> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    rest += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    if (rest.length > maxLineChars) throw new Error("The engine's answer has no line ends.");
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const value = parse(line);
      if (value) yield value;
    }
  }
  const last = parse(rest);
  if (last) yield last;
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
