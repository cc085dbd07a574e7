import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { archiveFormats } from "./archive-format";
import type { ArchiveLimits } from "./archive-limits";

const replySchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("done"),
    format: z.enum(archiveFormats),
    files: z.number(),
    folders: z.number(),
    bytes: z.number(),
  }),
  z.object({ kind: z.literal("refused"), reason: z.string() }),
  z.object({ kind: z.literal("failed"), code: z.string() }),
]);

interface ExtractorRun {
  /** The bundled `archive-extractor.ts`. */
  extractorFile: string | URL;
  archiveFd: number;
  folder: string;
  limits: ArchiveLimits;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** A reader that runs out of this much heap dies alone. */
const heapMb = 256;
const maxReplyBytes = 10_000;

/** Resolves with what the extractor says; one that dies or takes too long counts as a refusal. */
export function runExtractor(run: ExtractorRun): Promise<z.infer<typeof replySchema>> {
  const { extractorFile, archiveFd, folder, limits, timeoutMs, signal } = run;
  const file = extractorFile instanceof URL ? fileURLToPath(extractorFile) : extractorFile;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, file, JSON.stringify(limits)], {
      cwd: folder,
      env: { NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "ignore", archiveFd],
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    const onAbort = () => child.kill("SIGKILL");
    signal?.addEventListener("abort", onAbort, { once: true });
    let output = "";
    child.stdout?.setEncoding("utf8");
    child.stdout?.on("data", (text: string) => {
      if (output.length < maxReplyBytes) output += text;
    });
    child.once("error", reject);
    child.once("close", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      if (signal?.aborted) return reject(signal.reason);
      const reply = replySchema.safeParse(parseOrNull(output));
      resolve(reply.success ? reply.data : { kind: "refused", reason: "reading it failed" });
    });
  });
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
