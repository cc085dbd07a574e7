import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { fetchAudit } from "@/trpc/fetch-audit";
import { runScript } from "@/trpc/run-script";
import { scriptAccess } from "@/trpc/sign-in-script";

const usage = `usage: npm run script -- scripts/audit-export.ts [--format jsonl|csv] [--out FILE] [--search TEXT] [--actor USER-ID]
       [--action servers|servers.start] [--target ID] [--result ok|refused|failed] [--from TIME] [--to TIME]
Times as 2026-01-31T00:00:00Z. Without --out it goes to standard output. Without filters a jsonl export can be checked later:
npm run audit:verify -- --file FILE`;

runScript(usage, async () => {
  const access = await scriptAccess(process.env);
  const { values } = parseArgs({
    options: {
      format: { type: "string", default: "jsonl" },
      out: { type: "string" },
      search: { type: "string" },
      actor: { type: "string" },
      action: { type: "string" },
      target: { type: "string" },
      result: { type: "string" },
      from: { type: "string" },
      to: { type: "string" },
    },
  });
  const { out, actor: actorId, target: targetId, ...query } = values;
  const response = await fetchAudit(access, { ...query, actorId, targetId });
  if (!response.body) throw new Error("The server sent nothing.");
  await pipeline(Readable.from(response.body), out ? createWriteStream(out, { mode: 0o600 }) : process.stdout);
});
