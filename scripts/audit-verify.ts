import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { type ChainPlace, createChainVerifier } from "@/domains/audit/verify-chain";
import { fetchAudit } from "@/trpc/fetch-audit";
import { runScript } from "@/trpc/run-script";
import { scriptAccess } from "@/trpc/sign-in-script";

const usage = `usage: npm run audit:verify -- [--file EXPORT.jsonl] [--noted SEQ:HASH]      (runs scripts/audit-verify.ts)
Recomputes the chain of the whole audit log, from the dashboard (MCSD_URL, MCSD_TOKEN) or from an export without filters. It prints
where the chain ends: note that down somewhere else, and give it as --noted the next time.
Exit code 1 when a row was changed, removed or put in between.`;

runScript(usage, async () => {
  const { values, positionals } = parseArgs({
    options: { file: { type: "string" }, noted: { type: "string" } },
    allowPositionals: true,
  });
  const noted = values.noted === undefined ? undefined : readPlace(values.noted);
  const { lines, head } = values.file ? { lines: createReadStream(values.file), head: undefined } : await download();
  if (positionals.length > 0) throw new Error(usage);
  const verifier = createChainVerifier((text) => createHash("sha256").update(text).digest("hex"));
  let rows = 0;
  for await (const line of createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === "") continue;
    const fault = verifier.add(parse(line));
    if (fault) throw new Error(`The audit log is not what was written. ${fault.sentence}`);
    rows++;
  }
  const fault = verifier.finish({ head, noted });
  if (fault) throw new Error(`The audit log is not what was written. ${fault.sentence}`);
  const { seq, hash } = verifier.last();
  console.log(`The audit log is whole: ${rows} rows. It ends with ${seq}:${hash}`);
});

async function download(): Promise<{ lines: NodeJS.ReadableStream; head: ChainPlace }> {
  const response = await fetchAudit(await scriptAccess(process.env), { format: "jsonl" });
  if (!response.body) throw new Error("The server sent nothing.");
  return { lines: Readable.from(response.body), head: readPlace(response.headers.get("mcsd-audit-head") ?? "") };
}

function readPlace(text: string): ChainPlace {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!seq || !hash) throw new Error(`"${text}" is no place of the chain. It looks like 120:9f86d0…`);
  return { seq: Number(seq), hash };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
